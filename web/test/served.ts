// A plan of a small invented world, served by the program that was built.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const program = process.env["AMANEKU_PROGRAM"] ?? "../build/release/bin/amaneku";

/** What the command says on stdout; an error with what it says on stderr where it fails. */
export function command(...words: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, words, { maxBuffer: 1 << 26 }, (error, out, said) => (error === null ? resolve(out) : reject(new Error(`${error.message}\n${said}`))));
  });
}

const kScenario = `[scenario]
name = "Small valley"
title_ja = "小さな谷"
grid_m = 60.0
synthetic = true

[area]
bbox_deg = [138.62, 35.22, 138.78, 35.38]

[[terrain.dem]]
path = "dem.asc"

[[population]]
path = "people.csv"

[[boundaries]]
path = "towns.geojson"

[[roads]]
path = "roads.geojson"

[[places]]
path = "schools.csv"
kind = "小学校"

[sites]
path = "sites.csv"

[sector_defaults]
freq_hz = 4.85e9
antenna = "panel"
technology = "nr_n79_local5g"

[antennas.panel]
type = "element38901"
gain_dbi = 15.0

[propagation]
model = "p526"

[coverage]
radius_m = 6000.0
`;

const kSites = `site_id,name,lon,lat,status,sector_id,azimuth_deg
A,西局,138.67,35.29,existing,1,0
A,西局,138.67,35.29,existing,2,120
B,東局,138.73,35.31,existing,1,240
C,北局,138.70,35.35,candidate,1,0
`;

function square(code: string, name: string, west: number, east: number): object {
  const ring = [
    [west, 35.2],
    [east, 35.2],
    [east, 35.4],
    [west, 35.4],
    [west, 35.2],
  ];
  return { type: "Feature", properties: { N03_007: code, N03_004: name }, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** Hills in degrees, as an ESRI ASCII grid. */
function dem(): string {
  const n = 180;
  const rows: string[] = [];
  for (let iy = 0; iy < n; iy++) {
    const row: string[] = [];
    for (let ix = 0; ix < n; ix++) row.push((300 + 140 * Math.sin(ix / 11) * Math.cos(iy / 14) + iy * 0.6).toFixed(1));
    rows.push(row.join(" "));
  }
  return `ncols ${n}\nnrows ${n}\nxllcorner 138.6\nyllcorner 35.2\ncellsize ${0.2 / n}\nNODATA_value -9999\n${rows.join("\n")}\n`;
}

export class Served {
  readonly folder = mkdtempSync(join(tmpdir(), "amaneku-web-"));
  private child: ChildProcess | null = null;
  url = "";

  constructor() {
    const people = ["id,lon,lat,population"];
    for (let i = 0; i < 60; i++) people.push(`${i},${(138.63 + 0.0023 * i).toFixed(4)},${(35.23 + 0.0021 * ((i * 7) % 60)).toFixed(4)},${10 + i}`);
    const towns = { type: "FeatureCollection", features: [square("99001", "西町", 138.6, 138.7), square("99002", "東町", 138.7, 138.8)] };
    const road = { type: "LineString", coordinates: [[138.63, 35.23], [138.7, 35.3], [138.77, 35.37]] };
    const roads = { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "県道1号" }, geometry: road }] };
    const write = (name: string, text: string) => writeFileSync(join(this.folder, name), text);
    write("scenario.toml", kScenario);
    write("sites.csv", kSites);
    write("schools.csv", "name,lon,lat\n西小学校,138.66,35.28\n東小学校,138.74,35.32\n北小学校,138.69,35.36\n");
    write("people.csv", `${people.join("\n")}\n`);
    write("towns.geojson", JSON.stringify(towns));
    write("roads.geojson", JSON.stringify(roads));
    write("dem.asc", dem());
    write("dem.prj", 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]');
    mkdirSync(join(this.folder, "saved"));
  }

  start(...options: string[]): Promise<void> {
    const child = spawn(program, ["serve", this.folder, "--port", "0", "--save-in", join(this.folder, "saved"), ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    process.once("exit", () => child.kill()); // of a test that failed before it came to stop()
    return new Promise((resolve, reject) => {
      let said = "";
      child.stderr.on("data", (data: Buffer) => (said += data.toString()));
      child.stdout.on("data", (data: Buffer) => {
        this.url = data.toString().trim();
        resolve();
      });
      child.on("exit", (code) => reject(new Error(`ended with ${code}: ${said}`)));
    });
  }

  /** Exit code after Ctrl-C. */
  stop(): Promise<number | null> {
    const child = this.child;
    if (child === null || child.exitCode !== null) return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.on("exit", (code) => {
        rmSync(this.folder, { recursive: true, force: true });
        resolve(code);
      });
      child.kill("SIGINT");
    });
  }
}
