// Styles of QGIS (.qml) as the engine writes them: one legend for QGIS and for this page.
import { Circle, Fill, Stroke, Style } from "ol/style";
import type { StyleFunction } from "ol/style/Style";

interface Symbol {
  colour: string;
  style: Style;
}

export interface QmlClass {
  label: string;
  colour: string;
}

export interface QmlStyle {
  classes: QmlClass[];
  styleOf: StyleFunction;
}

const kPixelsPerMm = 3.8;

function colourOf(text: string): string {
  const [red, green, blue, alpha] = text.split(",").map(Number);
  return `rgba(${red},${green},${blue},${((alpha ?? 255) / 255).toFixed(3)})`;
}

function symbolOf(element: Element): Symbol {
  const options = new Map<string, string>();
  for (const option of element.querySelectorAll("Option[name]"))
    options.set(option.getAttribute("name") ?? "", option.getAttribute("value") ?? "");
  const number = (name: string, fallback: number) => Number(options.get(name) ?? fallback);
  switch (element.getAttribute("type")) {
    case "marker": {
      const colour = colourOf(options.get("color") ?? "0,0,0,255");
      const image = new Circle({
        radius: Math.max(2.5, (number("size", 2) * kPixelsPerMm) / 2),
        fill: new Fill({ color: colour }),
        stroke: new Stroke({ color: "#fff", width: 1 }),
      });
      return { colour, style: new Style({ image }) };
    }
    case "line": {
      const colour = colourOf(options.get("line_color") ?? "0,0,0,255");
      return { colour, style: new Style({ stroke: new Stroke({ color: colour, width: Math.max(1.5, number("line_width", 0.6) * kPixelsPerMm) }) }) };
    }
    default: {
      const filled = options.get("style") !== "no";
      const colour = filled ? colourOf(options.get("color") ?? "0,0,0,60") : colourOf(options.get("outline_color") ?? "60,60,60,255");
      const outlined = options.get("outline_style") !== "no";
      return {
        colour,
        style: new Style({
          ...(filled ? { fill: new Fill({ color: colour }) } : {}),
          ...(outlined
            ? { stroke: new Stroke({ color: colourOf(options.get("outline_color") ?? "60,60,60,255"), width: Math.max(0.8, number("outline_width", 0.4) * kPixelsPerMm) }) }
            : {}),
        }),
      };
    }
  }
}

export function readQml(text: string): QmlStyle {
  // The document type names a file of QGIS that is nowhere read.
  const root = new DOMParser().parseFromString(text.replace(/<!DOCTYPE[^>]*>/, ""), "application/xml");
  const renderer = root.querySelector("renderer-v2");
  const symbols = [...root.querySelectorAll("symbols > symbol")].map(symbolOf);
  const first = symbols[0];
  if (renderer === null || first === undefined) return { classes: [], styleOf: () => undefined };
  const attribute = renderer.getAttribute("attr") ?? "";
  const symbolFor = (element: Element) => symbols[Number(element.getAttribute("symbol"))] ?? first;
  if (renderer.getAttribute("type") === "categorizedSymbol") {
    const categories = [...root.querySelectorAll("category")];
    const byValue = new Map(categories.map((one) => [one.getAttribute("value") ?? "", symbolFor(one).style]));
    return {
      classes: categories.map((one) => ({ label: one.getAttribute("label") ?? "", colour: symbolFor(one).colour })),
      styleOf: (feature) => byValue.get(String(feature.get(attribute) ?? "")),
    };
  }
  if (renderer.getAttribute("type") === "graduatedSymbol") {
    const ranges = [...root.querySelectorAll("range")].map((one) => ({
      lower: Number(one.getAttribute("lower")),
      upper: Number(one.getAttribute("upper")),
      label: one.getAttribute("label") ?? "",
      symbol: symbolFor(one),
    }));
    return {
      classes: ranges.map((one) => ({ label: one.label, colour: one.symbol.colour })),
      styleOf: (feature) => {
        const value = Number(feature.get(attribute));
        const found = ranges.find((one, i) => value >= one.lower && (value < one.upper || i === ranges.length - 1));
        return found?.symbol.style;
      },
    };
  }
  return { classes: [{ label: "", colour: first.colour }], styleOf: () => first.style };
}
