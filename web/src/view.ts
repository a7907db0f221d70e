// The map: relief, one map of the plan, layers of tables, sites, and what a tool draws.
import OlMap from "ol/Map";
import View from "ol/View";
import Feature from "ol/Feature";
import { defaults as defaultControls, ScaleLine } from "ol/control";
import { easeOut } from "ol/easing";
import type { EventsKey } from "ol/events";
import { unByKey } from "ol/Observable";
import GeoJSON from "ol/format/GeoJSON";
import { LineString, Point } from "ol/geom";
import { defaults as defaultInteractions } from "ol/interaction/defaults";
import KeyboardPan from "ol/interaction/KeyboardPan";
import KeyboardZoom from "ol/interaction/KeyboardZoom";
import Translate from "ol/interaction/Translate";
import VectorLayer from "ol/layer/Vector";
import { fromLonLat, get as projectionOf, toLonLat } from "ol/proj";
import type Projection from "ol/proj/Projection";
import { register } from "ol/proj/proj4";
import type RenderEvent from "ol/render/Event";
import VectorSource from "ol/source/Vector";
import { Circle, Fill, RegularShape, Stroke, Style, Text } from "ol/style";
import proj4 from "proj4";
import type { Plan, SiteInfo } from "./api";
import type { QmlStyle } from "./qml";
import { extentOf, RasterLayer } from "./rasters";

export type LonLat = [number, number];

const kInk = "#1f2933";

/** Of a movement of the map; nothing moves for people who have asked their system for that. */
function duration(milliseconds: number): number {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : milliseconds;
}

/** Azimuths of a site as short rays, and the site as a mark. */
function siteStyles(site: SiteInfo, chosen: boolean): Style[] {
  const colour = !site.existing ? "#6b7885" : site.changed ? "#b45309" : "#9b2c2c";
  const mark = new Style({
    image: new Circle({
      radius: chosen ? 8 : 6,
      fill: new Fill({ color: site.existing ? colour : "#ffffff" }),
      stroke: new Stroke({ color: chosen ? "#0b5394" : site.existing ? "#ffffff" : colour, width: chosen ? 3 : 2 }),
    }),
    text: new Text({
      text: site.id,
      offsetY: 16,
      font: "600 11px 'Noto Sans', 'Noto Sans JP', sans-serif",
      fill: new Fill({ color: kInk }),
      stroke: new Stroke({ color: "rgba(255,255,255,0.9)", width: 3 }),
      overflow: true,
    }),
    zIndex: chosen ? 3 : 2,
  });
  if (!site.existing) return [mark];
  const rays = site.sectors
    .filter((sector) => sector["antenna"] !== "isotropic")
    .map((sector) => {
      return new Style({
        image: new RegularShape({
          points: 3,
          radius: 7,
          rotation: (Number(sector["azimuth_deg"]) * Math.PI) / 180,
          displacement: [0, 12],
          rotateWithView: true,
          fill: new Fill({ color: colour }),
          stroke: new Stroke({ color: "#ffffff", width: 1 }),
        }),
        zIndex: 1,
      });
    });
  return [...rays, mark];
}

export class MapPage {
  readonly map: OlMap;
  readonly projection: Projection;
  readonly before: RasterLayer;
  readonly raster: RasterLayer;
  readonly preview: RasterLayer;
  private readonly relief: RasterLayer;
  private readonly siteSource = new VectorSource<Feature<Point>>();
  private readonly toolSource = new VectorSource();
  private readonly tables = new Map<string, VectorLayer>();
  private readonly extent: [number, number, number, number];
  private swipe: number | null = null;
  private chosen = "";
  private translate: Translate | null = null;
  private keys: EventsKey[] = [];

  constructor(target: HTMLElement, plan: Plan) {
    proj4.defs(plan.crs.id, plan.crs.proj4);
    register(proj4);
    const projection = projectionOf(plan.crs.id);
    if (projection === null) throw new Error(plan.crs.id);
    this.projection = projection;
    this.extent = extentOf(plan.grid);
    this.projection.setExtent(this.extent);
    this.relief = new RasterLayer(plan.grid, projection);
    this.before = new RasterLayer(plan.grid, projection);
    this.raster = new RasterLayer(plan.grid, projection);
    this.preview = new RasterLayer(plan.preview_grid, projection);
    this.before.setVisible(false);
    this.preview.setVisible(false);
    const [west, south, east, north] = this.extent;
    const margin = 0.5 * Math.max(east - west, north - south);
    this.map = new OlMap({
      target,
      controls: defaultControls({ zoom: false, rotate: false, attribution: false }).extend([new ScaleLine()]),
      interactions: defaultInteractions({ keyboard: false, zoomDuration: duration(250) }).extend([
        new KeyboardPan({ duration: duration(100) }),
        new KeyboardZoom({ duration: duration(100) }),
      ]),
      keyboardEventTarget: target,
      layers: [
        this.relief,
        this.raster,
        this.before,
        this.preview,
        new VectorLayer({ source: this.siteSource, zIndex: 20, style: (feature) => this.styleOfSite(feature as Feature<Point>) }),
        new VectorLayer({
          source: this.toolSource,
          zIndex: 30,
          style: new Style({
            stroke: new Stroke({ color: "#0b5394", width: 2.5 }),
            image: new Circle({ radius: 5, fill: new Fill({ color: "#fff" }), stroke: new Stroke({ color: "#0b5394", width: 2.5 }) }),
          }),
        }),
      ],
      view: new View({
        projection,
        extent: [west - margin, south - margin, east + margin, north + margin],
        showFullExtent: true,
        center: [(west + east) / 2, (south + north) / 2],
        maxResolution: (Math.max(east - west, north - south) + 2 * margin) / 300,
        minResolution: plan.grid.cell_m / 12,
      }),
    });
    this.home();
    this.clipAtSwipe(this.before, true);
    this.clipAtSwipe(this.raster, false);
  }

  home(): void {
    this.map.getView().fit(this.extent, { padding: [24, 24, 24, 24] });
  }

  lonLat(x: number, y: number): LonLat {
    return toLonLat([x, y], this.projection) as LonLat;
  }

  plane(at: LonLat): [number, number] {
    return fromLonLat(at, this.projection) as [number, number];
  }

  get centre(): [number, number] {
    return (this.map.getView().getCenter() ?? [0, 0]) as [number, number];
  }

  goTo(at: LonLat, resolution?: number): void {
    const view = this.map.getView();
    view.animate({
      center: this.plane(at),
      resolution: Math.min(view.getResolution() ?? 50, resolution ?? 20),
      duration: duration(300),
      easing: easeOut,
    });
  }

  zoomBy(levels: number): void {
    this.map.getView().animate({ zoom: (this.map.getView().getZoom() ?? 0) + levels, duration: duration(150) });
  }

  setRelief(picture: HTMLCanvasElement): void {
    this.relief.show(picture);
  }

  // Sites

  setSites(sites: SiteInfo[]): void {
    this.siteSource.clear();
    for (const site of sites) {
      const feature = new Feature(new Point(this.plane([site.lon, site.lat])));
      feature.setId(site.id);
      feature.set("site", site);
      this.siteSource.addFeature(feature);
    }
  }

  choose(id: string): void {
    this.chosen = id;
    this.siteSource.changed();
  }

  siteAt(pixel: number[]): SiteInfo | null {
    const found = this.map.forEachFeatureAtPixel(pixel, (feature) => feature.get("site") as SiteInfo | undefined, {
      hitTolerance: 5,
      layerFilter: (layer) => layer.getSource() === this.siteSource,
    });
    return found ?? null;
  }

  /** Properties of what lies there in the layers of tables. */
  tableRowAt(pixel: number[]): { layer: string; values: Record<string, unknown> } | null {
    for (const [id, layer] of [...this.tables].reverse()) {
      const feature = this.map.forEachFeatureAtPixel(pixel, (one) => one, { hitTolerance: 4, layerFilter: (one) => one === layer });
      if (feature === undefined) continue;
      const { geometry: _, ...values } = feature.getProperties();
      return { layer: id, values };
    }
    return null;
  }

  letDrag(onMove: (site: string, at: LonLat) => void, onDrop: (site: string, at: LonLat) => void): void {
    this.stopDragging();
    const translate = new Translate({
      layers: (layer) => layer.getSource() === this.siteSource,
      hitTolerance: 5,
    });
    const tell = (features: Feature[], listener: (site: string, at: LonLat) => void) => {
      const feature = features[0];
      const point = feature?.getGeometry();
      if (feature === undefined || !(point instanceof Point)) return;
      const [x, y] = point.getCoordinates();
      listener(String(feature.getId()), this.lonLat(x ?? 0, y ?? 0));
    };
    this.keys = [
      translate.on("translating", (event) => tell(event.features.getArray(), onMove)),
      translate.on("translateend", (event) => tell(event.features.getArray(), onDrop)),
    ];
    this.map.addInteraction(translate);
    this.translate = translate;
  }

  stopDragging(): void {
    if (this.translate !== null) this.map.removeInteraction(this.translate);
    unByKey(this.keys);
    this.keys = [];
    this.translate = null;
  }

  private styleOfSite(feature: Feature<Point>): Style[] {
    return siteStyles(feature.get("site") as SiteInfo, feature.getId() === this.chosen);
  }

  // Tables

  addTable(id: string, geojson: object, qml: QmlStyle): void {
    this.removeTable(id);
    const features = new GeoJSON().readFeatures(geojson, {
      dataProjection: "EPSG:4326",
      featureProjection: this.projection,
    });
    const layer = new VectorLayer({ source: new VectorSource({ features }), style: qml.styleOf, zIndex: 10 });
    this.tables.set(id, layer);
    this.map.addLayer(layer);
  }

  removeTable(id: string): void {
    const layer = this.tables.get(id);
    if (layer !== undefined) this.map.removeLayer(layer);
    this.tables.delete(id);
  }

  // Tools

  drawLine(points: [number, number][]): void {
    this.toolSource.clear();
    if (points.length > 1) this.toolSource.addFeature(new Feature(new LineString(points)));
    for (const point of points) this.toolSource.addFeature(new Feature(new Point(point)));
  }

  /** A ring of places, outlined and in the middle. */
  showArea(ring: LonLat[]): void {
    const points = [...ring, ...ring.slice(0, 1)].map((at) => this.plane(at));
    const line = new LineString(points);
    this.toolSource.clear();
    this.toolSource.addFeature(new Feature(line));
    this.map.getView().fit(line.getExtent(), { padding: [40, 40, 40, 40], duration: duration(300) });
  }

  // Compare

  setSwipe(share: number | null): void {
    this.swipe = share;
    this.before.setVisible(share !== null);
    this.map.render();
  }

  private clipAtSwipe(layer: RasterLayer, left: boolean): void {
    layer.on("prerender", (event: RenderEvent) => {
      const context = event.context as CanvasRenderingContext2D | undefined;
      if (context === undefined) return;
      context.save();
      if (this.swipe === null) return;
      const { width, height } = context.canvas;
      const border = width * this.swipe;
      context.beginPath();
      if (left) context.rect(0, 0, border, height);
      else context.rect(border, 0, width - border, height);
      context.clip();
    });
    layer.on("postrender", (event: RenderEvent) => (event.context as CanvasRenderingContext2D | undefined)?.restore());
  }

  /** What is seen, as one picture. */
  picture(caption: string): Promise<Blob | null> {
    return new Promise((resolve) => {
      this.map.once("rendercomplete", () => {
        const [width, height] = this.map.getSize() ?? [1, 1];
        const canvas = document.createElement("canvas");
        canvas.width = width ?? 1;
        canvas.height = height ?? 1;
        const context = canvas.getContext("2d");
        if (context === null) return resolve(null);
        context.fillStyle = "#ffffff";
        context.fillRect(0, 0, canvas.width, canvas.height);
        for (const one of this.map.getViewport().querySelectorAll<HTMLCanvasElement>(".ol-layer canvas, canvas.ol-layer")) {
          if (one.width === 0) continue;
          context.globalAlpha = Number(one.style.opacity || one.parentElement?.style.opacity || "1");
          context.drawImage(one, 0, 0, canvas.width, canvas.height);
        }
        context.globalAlpha = 1;
        context.font = "12px 'Noto Sans', 'Noto Sans JP', sans-serif";
        context.fillStyle = "rgba(255,255,255,0.85)";
        context.fillRect(0, canvas.height - 22, context.measureText(caption).width + 16, 22);
        context.fillStyle = kInk;
        context.fillText(caption, 8, canvas.height - 7);
        canvas.toBlob(resolve, "image/png");
      });
      this.map.render();
    });
  }
}
