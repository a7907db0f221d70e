// Maps as pictures: classes of the legend over shaded relief, drawn in the plan's own coordinates.
import ImageLayer from "ol/layer/Image";
import ImageCanvas from "ol/source/ImageCanvas";
import type Projection from "ol/proj/Projection";
import type { Cells, Grid, RasterInfo } from "./api";

export function extentOf(grid: Grid): [number, number, number, number] {
  return [
    grid.west_m,
    grid.north_m - grid.ny * grid.cell_m,
    grid.west_m + grid.nx * grid.cell_m,
    grid.north_m,
  ];
}

/** Index of the cell that holds a place of the plan; -1: outside. */
export function cellAt(grid: Grid, x: number, y: number): number {
  const ix = Math.floor((x - grid.west_m) / grid.cell_m);
  const iy = Math.floor((grid.north_m - y) / grid.cell_m);
  return ix >= 0 && iy >= 0 && ix < grid.nx && iy < grid.ny ? iy * grid.nx + ix : -1;
}

/** The middle of a cell. */
export function centreOf(grid: Grid, cell: number): [number, number] {
  const ix = cell % grid.nx;
  const iy = (cell - ix) / grid.nx;
  return [grid.west_m + (ix + 0.5) * grid.cell_m, grid.north_m - (iy + 0.5) * grid.cell_m];
}

/** Index into the classes; -1: no value. */
export function classOf(info: RasterInfo, value: number): number {
  if (info.type !== "float32") return info.classes.findIndex((one) => one.value === value);
  if (Number.isNaN(value)) return -1;
  const index = info.classes.findIndex((one) => one.min == null || value >= one.min);
  return index < 0 ? info.classes.length - 1 : index;
}

function rgb(colour: string): [number, number, number] {
  const number = Number.parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

const kFlat = 160; // relief of flat ground
const kSea = 254;

function blank(grid: Grid): [HTMLCanvasElement, CanvasRenderingContext2D, ImageData] {
  const canvas = document.createElement("canvas");
  canvas.width = grid.nx;
  canvas.height = grid.ny;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  return [canvas, context, context.createImageData(grid.nx, grid.ny)];
}

export function paintRelief(grid: Grid, relief: Uint8Array, sea: string): HTMLCanvasElement {
  const [canvas, context, image] = blank(grid);
  const water = rgb(sea);
  const data = image.data;
  for (let i = 0; i < relief.length; i++) {
    const value = relief[i] ?? 0;
    if (value === 0) continue;
    const grey = Math.min(255, 60 + Math.round((value / kFlat) * 180));
    const wet = value === kSea;
    data[4 * i] = wet ? water[0] : grey;
    data[4 * i + 1] = wet ? water[1] : grey;
    data[4 * i + 2] = wet ? water[2] : grey;
    data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Of classes by their index, so that a colour is looked up once for a cell. */
function lookup(info: RasterInfo): (value: number) => number {
  if (info.type === "float32") {
    const bounds = info.classes.map((one) => one.min ?? Number.NEGATIVE_INFINITY);
    return (value) => {
      if (Number.isNaN(value)) return -1;
      let index = 0;
      while (index + 1 < bounds.length && value < (bounds[index] ?? 0)) index++;
      return index;
    };
  }
  const byValue = new Map(info.classes.map((one, index) => [one.value, index]));
  return (value) => byValue.get(value) ?? -1;
}

/** How far relief may change a colour: what of it is left without light, and how far it turns white in more than that of flat ground. */
interface Shading {
  shadow: number;
  shine: number;
}
// As in the report (scenarios/report/picture.cpp): what is covered and what is not stay apart for any colour vision on every slope.
const kCovered: Shading = { shadow: 0.5, shine: 0 };
const kUncovered: Shading = { shadow: 0.75, shine: 0.15 };

function lit(channel: number, light: number, shading: Shading | null): number {
  if (shading === null) return Math.min(255, channel * light);
  if (light <= 1) return channel * (shading.shadow + (1 - shading.shadow) * light);
  return channel + (255 - channel) * Math.min(1, shading.shine * (light - 1));
}

export function paint(info: RasterInfo, grid: Grid, cells: Cells, relief: Uint8Array | null): HTMLCanvasElement {
  const [canvas, context, image] = blank(grid);
  const colours = info.classes.map((one) => rgb(one.colour));
  const shadings = info.classes.map((one) => (one.below_threshold == null ? null : one.below_threshold ? kUncovered : kCovered));
  const index = lookup(info);
  const data = image.data;
  for (let i = 0; i < cells.length; i++) {
    const which = index(cells[i] ?? Number.NaN);
    const colour = which < 0 ? undefined : colours[which];
    if (colour === undefined) continue;
    const height = relief?.[i] ?? kFlat;
    const light = height === 0 || height === kSea ? 1 : height / kFlat;
    const shading = shadings[which] ?? null;
    data[4 * i] = lit(colour[0], light, shading);
    data[4 * i + 1] = lit(colour[1], light, shading);
    data[4 * i + 2] = lit(colour[2], light, shading);
    data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** A layer that shows a picture of the cells of a grid. */
export class RasterLayer extends ImageLayer<ImageCanvas> {
  constructor(
    private grid: Grid,
    projection: Projection,
    private picture: HTMLCanvasElement | null = null,
  ) {
    super();
    this.setSource(
      new ImageCanvas({
        projection,
        ratio: 1.5,
        canvasFunction: (extent, resolution, pixelRatio, size) => this.draw(extent, resolution, pixelRatio, size),
      }),
    );
  }

  show(picture: HTMLCanvasElement | null, grid = this.grid): void {
    this.picture = picture;
    this.grid = grid;
    this.getSource()?.changed();
  }

  private draw(extent: number[], resolution: number, pixelRatio: number, size: number[]): HTMLCanvasElement {
    const canvas = document.createElement("canvas");
    canvas.width = size[0] ?? 1;
    canvas.height = size[1] ?? 1;
    const context = canvas.getContext("2d");
    if (context === null || this.picture === null) return canvas;
    const scale = (this.grid.cell_m / resolution) * pixelRatio;
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(
      this.picture,
      ((this.grid.west_m - (extent[0] ?? 0)) / resolution) * pixelRatio,
      (((extent[3] ?? 0) - this.grid.north_m) / resolution) * pixelRatio,
      this.grid.nx * scale,
      this.grid.ny * scale,
    );
    return canvas;
  }
}
