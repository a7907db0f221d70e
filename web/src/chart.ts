// The ground between two points over the bulge of the Earth, the straight line and the first Fresnel zone.
import type { GroundProfile } from "./api";
import { makeSvg } from "./dom";
import type { Words } from "./words";

export interface ProfileOptions {
  fromHeight_m: number;
  toHeight_m: number;
  frequency_ghz: number;
  earthRadius_m: number;
}

const kWidth = 640;
const kHeight = 260;
const kLeft = 52;
const kTop = 12;
const kBottom = 34;

function steps(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw;
  const out: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) out.push(value);
  return out;
}

export function profileChart(profile: GroundProfile, options: ProfileOptions, words: Words): SVGElement {
  const distance = profile.distance_m;
  const length = distance[distance.length - 1] ?? 1;
  const bulge = distance.map((d) => (d * (length - d)) / (2 * options.earthRadius_m));
  const ground = profile.ground_asl_m.map((h, i) => (h ?? 0) + (bulge[i] ?? 0));
  const start = (ground[0] ?? 0) + options.fromHeight_m;
  const end = (ground[ground.length - 1] ?? 0) + options.toHeight_m;
  const line = distance.map((d) => start + ((end - start) * d) / length);
  const wavelength_m = 0.299792458 / options.frequency_ghz;
  const zone = distance.map((d) => Math.sqrt((wavelength_m * d * (length - d)) / length));
  const low = Math.min(...ground);
  const high = Math.max(...ground, ...line.map((h, i) => h + (zone[i] ?? 0)));
  const margin = 0.06 * (high - low) + 1;
  const x = (d: number) => kLeft + ((kWidth - kLeft - 10) * d) / length;
  const y = (h: number) => kHeight - kBottom - ((kHeight - kBottom - kTop) * (h - low + margin)) / (high - low + 2 * margin);
  const path = (values: number[]) => values.map((h, i) => `${x(distance[i] ?? 0).toFixed(1)},${y(h).toFixed(1)}`);
  const blocked = ground.some((h, i) => i > 0 && i < ground.length - 1 && h > (line[i] ?? 0));
  const zoneLine = [...path(line.map((h, i) => h + (zone[i] ?? 0))), ...path(line.map((h, i) => h - (zone[i] ?? 0))).reverse()];
  const base = y(low - margin).toFixed(1);
  const axes = [
    ...steps(0, length / 1000, 6).map((km) =>
      makeSvg("text", { x: x(km * 1000), y: kHeight - 16, "text-anchor": "middle" }, words.fixed(km, length < 5000 ? 1 : 0)),
    ),
    ...steps(low - margin, high + margin, 4).flatMap((h) => [
      makeSvg("line", { x1: kLeft, x2: kWidth - 10, y1: y(h), y2: y(h), stroke: "#d9dee3" }),
      makeSvg("text", { x: kLeft - 6, y: y(h) + 4, "text-anchor": "end" }, words.fixed(h, 0)),
    ]),
  ];
  return makeSvg(
    "svg",
    { viewBox: `0 0 ${kWidth} ${kHeight}`, role: "img", "aria-label": words.of("profileOf"), class: "chart" },
    ...axes,
    makeSvg("polygon", { points: zoneLine.join(" "), fill: "#b7d3ea", "fill-opacity": 0.55, stroke: "#4b86b4" }),
    makeSvg("polygon", {
      points: [...path(ground), `${x(length)},${base}`, `${kLeft},${base}`].join(" "),
      fill: "#cdbf9f",
      stroke: "#7b6a45",
    }),
    makeSvg("polyline", { points: path(line).join(" "), fill: "none", stroke: blocked ? "#c2410c" : "#15803d", "stroke-width": 2 }),
    makeSvg("text", { x: kWidth - 10, y: kHeight - 2, "text-anchor": "end" }, `${words.of("distance")} (km)`),
    makeSvg("text", { x: 4, y: kTop }, "m"),
  );
}
