// The map page of `amaneku serve`.
import "ol/ol.css";
import "./style.css";
import { api, RequestError, type Cells, type Edit, type LayerInfo, type Plan, type PlanState, type RasterInfo, type SiteInfo } from "./api";
import { profileChart } from "./chart";
import { make, svgOf, swatch } from "./dom";
import { readLink, writeLink } from "./link";
import { readQml } from "./qml";
import { cellAt, centreOf, classOf, paint, paintRelief } from "./rasters";
import { MapPage, type LonLat } from "./view";
import { Words, type Language, type Word } from "./words";

type Tool = "choose" | "edit" | "measure" | "profile" | "add";

const kHoverMaps = ["rsrp_dbm", "sinr_db", "dl_mbps", "ul_mbps", "service_state", "best_server"];
const kDefaultMap = "rsrp_dbm";
const kDefaultOpacity = 0.85;

// JIS X 0410: first to third division, half, quarter and eighth, and the integrated meshes of 5 and 2 km.
const kMeshCode = /^\d\d[0-7]\d(?:[0-7]{2}(?:[1-4]|[02468]{2}5|\d{2}[1-4]{0,3})?)?$/;
const kFormats = { tif: "GeoTIFF", geojson: "GeoJSON", kml: "KML" } as const;
const kExportedMaps = ["rsrp_dbm", "sinr_db", "dl_mbps", "ul_mbps", "margin_db", "service_state", "best_server", "overlap"];

function askedLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked === "ja" || asked === "en") return asked;
  return navigator.language.startsWith("ja") ? "ja" : "en";
}

class Page {
  private state: PlanState;
  private readonly page: MapPage;
  private readonly cells = new Map<string, Cells>();
  private readonly baseCells = new Map<string, Cells>();
  private relief: Uint8Array | null = null;
  private rasterId: string;
  private opacity: number;
  private tool: Tool = "choose";
  private points: [number, number][] = [];
  private tables: LayerInfo[] = [];
  private wanted: string[] = [];
  private readonly shown = new Set<string>();
  private previewing = false;
  private drag = 0;
  private nextPreview: Edit[] | null = null;
  private asking = 0;

  // What the functions below fill.
  private readonly mapElement: HTMLElement;
  private readonly statusLine = make("p", { class: "status", role: "status", "aria-live": "polite" });
  private readonly hover = make("div", { class: "hover", "aria-hidden": "true" });
  private readonly side = make("aside", { class: "side", id: "side" });
  private readonly layerList = make("div", {});
  private readonly tableList = make("div", {});
  private readonly legend = make("div", {});
  private readonly figures = make("div", {});
  private readonly detail = make("section", { class: "detail", hidden: true, tabindex: "-1" });
  private readonly swipe = make("input", { type: "range", min: "0", max: "100", value: "50", class: "swipe" });
  private readonly undoButton: HTMLButtonElement;
  private readonly redoButton: HTMLButtonElement;
  private readonly compareBox = make("input", { type: "checkbox", id: "compare" });
  private readonly toolButtons = new Map<Tool, HTMLButtonElement>();

  constructor(
    private readonly plan: Plan,
    private readonly words: Words,
  ) {
    this.state = plan.state;
    const seen = readLink(location.hash);
    const wanted = plan.rasters.find((one) => one.id === seen.raster);
    this.rasterId = wanted?.id ?? kDefaultMap;
    this.opacity = Math.min(1, Math.max(0, seen.opacity ?? kDefaultOpacity));
    this.mapElement = make("div", { class: "map", tabindex: "0", role: "application", "aria-label": words.of("aMap") });
    this.undoButton = this.button("undo", () => void this.change(() => api.undo(this.state.revision)));
    this.redoButton = this.button("redo", () => void this.change(() => api.redo(this.state.revision)));
    this.build();
    this.page = new MapPage(this.mapElement, plan);
    if (seen.at !== null) {
      const view = this.page.map.getView();
      view.setCenter(this.page.plane(seen.at));
      if (seen.resolution !== null) view.setResolution(seen.resolution);
    }
    this.listen();
    this.page.setSites(this.state.sites);
    this.showState();
    this.setTool("choose");
    void this.start(seen.tables);
  }

  private async start(tables: string[]): Promise<void> {
    await this.guarded(async () => {
      this.relief = (await api.raster("relief", "uint8", this.state.revision)) as Uint8Array;
      this.page.setRelief(paintRelief(this.plan.grid, this.relief, this.plan.no_terrain_colour));
      await this.showRaster();
      document.body.dataset["ready"] = "map";
      await this.readTables();
      this.wanted = tables;
      await this.showWanted();
      for (const id of kHoverMaps) await this.cellsOf(id);
      document.body.dataset["ready"] = "all";
      await this.awaitStudies();
    });
  }

  /** Tables of a link: some come with the studies. */
  private async showWanted(): Promise<void> {
    const there = this.wanted.filter((id) => this.tables.some((one) => one.id === id));
    this.wanted = this.wanted.filter((id) => !there.includes(id));
    for (const id of there) await this.showTable(id, true);
  }

  private async readTables(): Promise<void> {
    this.tables = (await api.layers(this.words.language)).filter((one) => one.id !== "sites" && one.id !== "sectors");
    this.showTableList();
  }

  /** The studies of the plan are run while it is looked at. */
  private async awaitStudies(): Promise<void> {
    const kPause_ms = 2000;
    while (!this.state.studies_current && !this.state.can_undo) {
      await new Promise((resolve) => setTimeout(resolve, kPause_ms));
      const state = await api.state();
      if (state.revision !== this.state.revision) return;
      if (!state.studies_current) continue;
      this.state = state;
      await this.readTables();
      await this.showWanted();
    }
  }

  // Building blocks

  private button(word: Word, click: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
    return make("button", { type: "button", click, ...attributes }, this.words.of(word));
  }

  private build(): void {
    const { words, plan } = this;
    document.documentElement.lang = words.language;
    document.title = `${plan.title} – amaneku`;
    const other: Language = words.language === "ja" ? "en" : "ja";
    const language = make(
      "a",
      { href: `?lang=${other}`, lang: other, hreflang: other, class: "language", click: (event: Event) => this.changeLanguage(event, other) },
      words.of("otherLanguage"),
    );
    const header = make(
      "header",
      {},
      make("h1", {}, plan.title),
      plan.synthetic ? make("span", { class: "badge" }, words.of("synthetic")) : null,
      this.searchBox(),
      language,
      this.button("showSide", () => this.toggleSide(), { class: "narrow", "aria-controls": "side" }),
    );
    const tools = make("div", { role: "toolbar", "aria-label": words.of("tools") });
    for (const tool of ["choose", "edit", "add", "measure", "profile"] as const) {
      const word: Word = tool === "add" ? "addSite" : tool;
      const button = this.button(word, () => this.setTool(tool), { "aria-pressed": "false" });
      this.toolButtons.set(tool, button);
      tools.append(button);
    }
    tools.append(
      this.undoButton,
      this.redoButton,
      this.button("save", () => this.askForName()),
      this.button("copyLink", () => void this.copyLink()),
      this.button("exportPng", () => void this.exportPicture()),
    );
    const zoom = make(
      "div",
      { class: "zoom" },
      make("button", { type: "button", "aria-label": words.of("zoomIn"), click: () => this.page.zoomBy(1) }, "+"),
      make("button", { type: "button", "aria-label": words.of("zoomOut"), click: () => this.page.zoomBy(-1) }, "−"),
    );
    this.swipe.setAttribute("aria-label", words.of("compareAt"));
    this.swipe.hidden = true;
    this.side.setAttribute("aria-label", words.of("layers"));
    this.side.append(
      this.figures,
      this.group("layers", this.layerList),
      this.group("legend", this.legend),
      make("p", { class: "note" }, plan.covered_means),
      this.tableList,
      make("p", { class: "credits" }, plan.credits.join(words.language === "ja" ? "、" : "; ")),
    );
    const main = make("main", {}, this.mapElement, make("div", { class: "cross", "aria-hidden": "true" }), zoom, this.swipe, this.hover, this.statusLine, this.detail);
    document.body.replaceChildren(header, make("section", { class: "tools", "aria-label": words.of("tools") }, tools), this.side, main);
  }

  private group(word: Word, content: HTMLElement): HTMLElement {
    return make("section", {}, make("h2", {}, this.words.of(word)), content);
  }

  private changeLanguage(event: Event, other: Language): void {
    event.preventDefault();
    const query = new URLSearchParams(location.search);
    query.set("lang", other);
    location.assign(`${location.pathname}?${query.toString()}${this.link()}`);
  }

  private toggleSide(): void {
    document.body.classList.toggle("side-open");
  }

  private tell(text: string): void {
    this.statusLine.textContent = text;
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof RequestError && error.code === "stale") {
        await this.take(await api.state());
        this.tell(this.words.of("alreadyChanged"));
      } else {
        this.tell(this.words.of("failed", error instanceof Error ? error.message : String(error)));
      }
    }
  }

  // Maps

  private info(id: string): RasterInfo {
    const found = this.plan.rasters.find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  }

  private async cellsOf(id: string): Promise<Cells | null> {
    const info = this.plan.rasters.find((one) => one.id === id);
    if (info === undefined) return null;
    const known = this.cells.get(id);
    if (known !== undefined) return known;
    const revision = this.state.revision;
    const cells = await api.raster(id, info.type, revision);
    if (revision === this.state.revision) this.cells.set(id, cells);
    return cells;
  }

  private async showRaster(): Promise<void> {
    const id = this.rasterId;
    const info = this.info(id);
    const cells = await this.cellsOf(id);
    if (cells === null || id !== this.rasterId) return;
    this.page.raster.show(paint(info, this.plan.grid, cells, this.relief));
    this.page.raster.setOpacity(this.opacity);
    this.page.preview.setVisible(false);
    document.body.dataset["shown"] = `${id}@${this.state.revision}`;
    performance.mark("shown");
    this.showLegend();
    if (this.compareBox.checked) await this.showBefore();
  }

  private async showBefore(): Promise<void> {
    const info = this.info(this.rasterId);
    let cells = this.baseCells.get(info.id);
    if (cells === undefined) {
      cells = await api.raster(info.id, info.type, "base");
      this.baseCells.set(info.id, cells);
    }
    this.page.before.show(paint(info, this.plan.grid, cells, this.relief));
    this.page.before.setOpacity(this.opacity);
  }

  private showLayerList(): void {
    const choices = this.plan.rasters
      .filter((one) => one.id !== "coverage_change" || this.comparable)
      .map((one) =>
        make(
          "label",
          { class: "choice" },
          make("input", {
            type: "radio",
            name: "raster",
            value: one.id,
            checked: one.id === this.rasterId,
            change: () => {
              this.rasterId = one.id;
              this.noteLink();
              void this.guarded(() => this.showRaster());
            },
          }),
          this.rasterName(one.id),
        ),
      );
    const opacity = make("input", { type: "range", min: "0", max: "100", value: String(Math.round(100 * this.opacity)), id: "opacity" });
    opacity.addEventListener("input", () => {
      this.opacity = Number(opacity.value) / 100;
      this.page.raster.setOpacity(this.opacity);
      this.page.before.setOpacity(this.opacity);
      this.noteLink();
    });
    this.layerList.replaceChildren(
      make("fieldset", {}, make("legend", { class: "hidden" }, this.words.of("layers")), ...choices),
      make("label", { class: "slider", for: "opacity" }, this.words.of("opacity"), opacity),
      make("label", { class: "choice" }, this.compareBox, this.plan.against === null ? this.words.of("compare") : this.words.of("compareWith", this.plan.against)),
    );
  }

  /** There is something that the plan differs from. */
  private get comparable(): boolean {
    return this.state.can_undo || this.plan.against !== null;
  }

  private rasterName(id: string): string {
    if (id === "coverage_change" && this.plan.against !== null) return this.words.of("coverage_difference", this.plan.against);
    return this.words.has(id) ? this.words.of(id) : id;
  }

  private classLabel(info: RasterInfo, index: number): string {
    const one = info.classes[index];
    if (one === undefined) return this.words.of("noData");
    if (info.id === "coverage_change" && one.id !== undefined && this.words.has(one.id)) return this.words.of(one.id);
    if (info.type !== "float32") return one.label ?? one.id ?? String(one.value);
    return this.words.range(one.min ?? null, one.max ?? null, info.unit);
  }

  private showLegend(): void {
    const info = this.info(this.rasterId);
    const rows = info.classes.map((one, i) =>
      make(
        "li",
        {},
        swatch(one.colour),
        this.classLabel(info, i) + (one.below_threshold === true && info.id === "rsrp_dbm" ? this.words.of("belowThreshold") : ""),
      ),
    );
    this.legend.replaceChildren(
      make("p", { class: "what" }, this.rasterName(info.id)),
      make("ul", { class: "classes" }, ...rows),
      ...(kExportedMaps.includes(info.id) ? [this.files(this.rasterName(info.id), info.id, ["tif"])] : []),
    );
  }

  /** Buttons that save a map or a table in formats of other programs. */
  private files(name: string, id: string, endings: readonly (keyof typeof kFormats)[]): HTMLElement {
    const buttons = endings.map((ending) =>
      make(
        "button",
        {
          type: "button",
          "aria-label": this.words.of("saveFile", name, kFormats[ending]),
          click: () => void this.guarded(async () => this.download(await api.file(this.state.revision, `${id}.${ending}`), `${id}.${ending}`)),
        },
        kFormats[ending],
      ),
    );
    return make("p", { class: "files" }, `${this.words.of("saveAsFile")} `, ...buttons);
  }

  private download(blob: Blob, name: string): void {
    const url = URL.createObjectURL(blob);
    make("a", { href: url, download: name }).click();
    URL.revokeObjectURL(url);
  }

  // Tables

  private showTableList(): void {
    const { words } = this;
    document.body.dataset["studies"] = this.state.studies_current ? "current" : this.state.can_undo ? "old" : "running";
    const rows = this.tables.map((one) => {
      const box = make("input", {
        type: "checkbox",
        "data-table": one.id,
        checked: this.shown.has(one.id),
        change: () => void this.guarded(() => this.showTable(one.id, box.checked)),
      });
      return make("label", { class: "choice" }, box, words.layer(one.id));
    });
    const legends = this.tables.filter((one) => this.shown.has(one.id)).map((one) => {
      const classes = readQml(one.qml).classes;
      return make(
        "div",
        {},
        make(
          "ul",
          { class: "classes", "aria-label": words.layer(one.id) },
          ...classes.map((each) => make("li", {}, swatch(each.colour), each.label === "" ? words.layer(one.id) : each.label)),
        ),
        this.files(words.layer(one.id), one.id, ["geojson", "kml"]),
      );
    });
    const waits = !this.state.studies_current && !this.state.can_undo;
    const old = this.state.studies_current
      ? null
      : waits
      ? make("p", { class: "note" }, words.of("studiesRunning"))
      : make(
          "p",
          { class: "note" },
          `${words.of("studiesOld")} `,
          this.button("studiesRun", () => void this.change(() => api.studies(this.state.revision))),
        );
    this.tableList.replaceChildren(make("section", {}, make("h2", {}, words.of("details")), ...(old === null ? [] : [old]), ...rows, ...legends));
  }

  private async showTable(id: string, visible: boolean): Promise<void> {
    const info = this.tables.find((one) => one.id === id);
    if (info === undefined) return;
    if (visible) {
      this.shown.add(id);
      this.page.addTable(id, await api.layer(id), readQml(info.qml));
    } else {
      this.shown.delete(id);
      this.page.removeTable(id);
    }
    this.showTableList();
    document.body.dataset["tables"] = [...this.shown].join(" ");
    this.noteLink();
  }

  // Figures

  private showState(): void {
    this.undoButton.disabled = !this.state.can_undo;
    this.redoButton.disabled = !this.state.can_redo;
    this.showLayerList();
    this.showFigures();
    if (this.tables.length > 0) this.showTableList();
  }

  private showFigures(): void {
    const { words } = this;
    const { population, area, municipalities, roads } = this.state.figures;
    const percent = (value: number | null) => (value === null ? "–" : `${words.percent.format(value)} %`);
    const change = (now: number, before: number, decimals = 0) =>
      now === before || !this.comparable ? null : make("span", { class: now > before ? "won" : "lost" }, ` ${words.signed(now - before, decimals)}`);
    const headline = make(
      "p",
      { class: "headline" },
      make("strong", {}, percent(population.percent)),
      make(
        "span",
        {},
        words.of("of", words.number.format(population.covered), words.number.format(population.in_plan)),
        change(population.covered, population.covered_before),
      ),
    );
    const table = (name: Word, rows: (string | Node | null)[][]) =>
      make(
        "details",
        {},
        make("summary", {}, words.of(name)),
        make(
          "div",
          { class: "scroll", tabindex: "0", role: "group", "aria-label": words.of(name) },
          make("table", {}, make("tbody", {}, ...rows.map(([head, ...cells]) => make("tr", {}, make("th", { scope: "row" }, head ?? null), ...cells.map((one) => make("td", {}, one)))))),
        ),
      );
    this.figures.replaceChildren(
      this.group(
        "headline",
        make(
          "div",
          {},
          headline,
          this.plan.against === null ? null : make("p", { class: "note" }, words.of("differences", this.plan.against)),
          make(
            "p",
            { class: "note" },
            `${words.of("area")}: ${percent(area.total_km2 > 0 ? (100 * area.covered_km2) / area.total_km2 : null)}`,
            change(area.covered_km2, area.covered_km2_before, 1),
          ),
          table(
            "municipalities",
            municipalities.map((one) => [one.name, percent(one.percent), words.of("of", words.number.format(one.covered), words.number.format(one.in_plan)), change(one.covered, one.covered_before)]),
          ),
          table(
            "roads",
            roads.map((one) => [one.class, `${words.fixed(one.covered_km, 1)} / ${words.fixed(one.length_km, 1)} km`, change(one.covered_km, one.covered_km_before, 1)]),
          ),
        ),
      ),
    );
  }

  // Changes

  private async change(ask: () => Promise<PlanState>): Promise<void> {
    this.tell(this.words.of("working"));
    await this.guarded(async () => {
      const state = await ask();
      this.tell(this.words.of("planned", this.words.fixed(state.seconds, 2)));
      await this.take(state);
    });
    this.page.preview.setVisible(false);
    this.page.setSites(this.state.sites);
  }

  private async take(state: PlanState): Promise<void> {
    this.state = state;
    this.cells.clear();
    if (this.rasterId === "coverage_change" && !this.comparable) this.rasterId = kDefaultMap;
    this.page.setSites(state.sites);
    this.showState();
    await this.showRaster();
    await this.readTables();
    for (const id of this.shown) await this.showTable(id, true);
    for (const id of kHoverMaps) await this.cellsOf(id);
    document.body.dataset["taken"] = String(state.revision);
  }

  /** One preview at a time; of those that wait only the last. */
  private async previewOf(edits: Edit[]): Promise<void> {
    this.nextPreview = edits;
    if (this.previewing) return;
    this.previewing = true;
    try {
      while (this.nextPreview !== null) {
        const next: Edit[] = this.nextPreview;
        this.nextPreview = null;
        const asked = performance.now();
        const turn = this.drag;
        const cells = await api.preview(this.state.revision, next);
        if (turn !== this.drag) continue; // it was dropped meanwhile: the exact map is what counts
        this.page.preview.show(paint(this.info("rsrp_dbm"), this.plan.preview_grid, cells, null), this.plan.preview_grid);
        this.page.preview.setOpacity(this.opacity);
        this.page.preview.setVisible(true);
        performance.measure("preview", { start: asked });
      }
    } catch {
      // a place that cannot be: the answer to the drop says why
    } finally {
      this.previewing = false;
    }
  }

  private setTool(tool: Tool): void {
    this.tool = tool;
    this.points = [];
    this.page.drawLine([]);
    for (const [name, button] of this.toolButtons) button.setAttribute("aria-pressed", String(name === tool));
    this.page.stopDragging();
    if (tool === "edit") {
      this.page.letDrag(
        (site, at) => void this.previewOf([{ site, lon: at[0], lat: at[1] }]),
        (site, at) => {
          this.nextPreview = null;
          this.drag++;
          void this.change(() => api.edit(this.state.revision, [{ site, lon: at[0], lat: at[1] }]));
        },
      );
    }
    this.tell(this.words.of(tool === "edit" ? "editHint" : tool === "measure" || tool === "profile" ? "drawing" : "help"));
  }

  // What the pointer and the keys do

  private listen(): void {
    const { map } = this.page;
    map.on("pointermove", (event) => {
      if (event.dragging) return;
      const [x, y] = event.coordinate;
      this.showValues(x ?? 0, y ?? 0, event.pixel);
    });
    map.on("singleclick", (event) => {
      const [x, y] = event.coordinate;
      this.act([x ?? 0, y ?? 0], event.pixel);
    });
    map.on("moveend", () => this.noteLink());
    this.mapElement.addEventListener("pointerleave", () => this.hover.replaceChildren());
    this.mapElement.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.setTool("choose");
      if (event.key !== "Enter" || event.target !== this.mapElement) return;
      event.preventDefault();
      const centre = this.page.centre;
      this.showValues(...centre, map.getPixelFromCoordinate(centre));
      this.act(centre, map.getPixelFromCoordinate(centre));
    });
    this.compareBox.addEventListener("change", () => {
      const on = this.compareBox.checked;
      this.swipe.hidden = !on;
      void this.guarded(async () => {
        if (on) await this.showBefore();
        this.page.setSwipe(on ? Number(this.swipe.value) / 100 : null);
      });
    });
    window.addEventListener("hashchange", () => location.reload()); // a link that was pasted
    this.swipe.addEventListener("input", () => this.page.setSwipe(Number(this.swipe.value) / 100));
  }

  private act(at: [number, number], pixel: number[]): void {
    if (this.tool === "measure" || this.tool === "profile") return this.addPoint(at);
    if (this.tool === "add") return this.askForSite(this.page.lonLat(...at));
    const site = this.page.siteAt(pixel);
    if (site !== null) return this.showSite(site.id);
    if (this.tool === "choose") void this.guarded(() => this.explain(at, pixel));
  }

  private showValues(x: number, y: number, pixel: number[]): void {
    const i = cellAt(this.plan.grid, x, y);
    if (i < 0) return this.hover.replaceChildren();
    const rows: HTMLElement[] = [];
    const ids = kHoverMaps.includes(this.rasterId) ? kHoverMaps : [this.rasterId, ...kHoverMaps];
    for (const id of ids) {
      const cells = this.cells.get(id);
      if (cells === undefined) continue;
      const info = this.info(id);
      const value = cells[i] ?? Number.NaN;
      const index = classOf(info, value);
      const text = index < 0 ? this.words.of("noData") : info.type === "float32" ? `${this.words.fixed(value, 1)} ${info.unit}` : this.classLabel(info, index);
      rows.push(make("div", { "data-map": id, "data-value": String(value) }, make("span", {}, this.rasterName(id)), make("b", {}, text)));
    }
    const row = this.page.tableRowAt(pixel);
    if (row !== null) {
      const name = row.values["name"] ?? row.values["id"] ?? row.values["site_id"];
      rows.push(make("div", {}, make("span", {}, this.words.layer(row.layer)), make("b", {}, name === undefined ? "" : String(name))));
    }
    const [lon, lat] = this.page.lonLat(x, y);
    rows.push(make("div", { class: "place" }, `${lon.toFixed(5)}, ${lat.toFixed(5)}`));
    this.hover.replaceChildren(...rows);
  }

  private addPoint(at: [number, number]): void {
    if (this.tool === "profile" && this.points.length === 2) this.points = [];
    this.points.push(at);
    this.page.drawLine(this.points);
    if (this.tool === "profile") {
      const [from, to] = this.points;
      if (from !== undefined && to !== undefined) void this.guarded(() => this.showProfile(this.page.lonLat(...from), this.page.lonLat(...to)));
      return;
    }
    let length = 0;
    for (let i = 1; i < this.points.length; i++) {
      const [a, b] = [this.points[i - 1], this.points[i]];
      if (a !== undefined && b !== undefined) length += Math.hypot(b[0] - a[0], b[1] - a[1]);
    }
    this.tell(this.words.of("length", `${this.words.fixed(length / 1000, 3)} km`));
  }

  // Details

  private open(title: string, ...content: (Node | string)[]): void {
    const close = make("button", { type: "button", class: "close", "aria-label": this.words.of("close"), click: () => this.closeDetail() }, "×");
    this.detail.replaceChildren(make("div", { class: "head" }, make("h2", {}, title), close), ...content);
    this.detail.hidden = false;
    this.detail.parentElement?.classList.add("with-detail");
    this.detail.setAttribute("aria-label", title);
    this.detail.focus();
  }

  private closeDetail(): void {
    this.detail.hidden = true;
    this.detail.parentElement?.classList.remove("with-detail");
    this.page.choose("");
    this.mapElement.focus();
  }

  private async explain(place: [number, number], pixel: number[]): Promise<void> {
    const at = this.page.lonLat(...place);
    // Of a place on the border of two cells the one whose values are shown, whatever a longitude makes of it.
    const cell = cellAt(this.plan.grid, ...place);
    const asked = cell < 0 ? at : this.page.lonLat(...centreOf(this.plan.grid, cell));
    const row = this.page.tableRowAt(pixel);
    const turn = ++this.asking;
    this.tell(this.words.of("working"));
    const answer = await api.explain(this.state.revision, asked[0], asked[1], this.words.language);
    if (turn !== this.asking) return;
    this.tell("");
    const pictures = answer.pictures.map(svgOf).filter((one) => one !== null);
    const table = row === null ? [] : [this.valuesOf(row.layer, row.values)];
    this.open(
      `${at[0].toFixed(5)}, ${at[1].toFixed(5)}`,
      ...table,
      make("p", { class: "verdict" }, answer.verdict),
      make("div", { class: "pictures" }, ...pictures),
      make("details", {}, make("summary", {}, this.words.of("everyTerm")), make("pre", { tabindex: "0" }, answer.text)),
    );
  }

  private valuesOf(layer: string, values: Record<string, unknown>): HTMLElement {
    const names = this.tables.find((one) => one.id === layer)?.columns ?? {};
    const rows = Object.entries(values)
      .filter(([, value]) => value !== null && value !== "")
      .map(([key, value]) => make("tr", {}, make("th", { scope: "row" }, names[key] ?? key), make("td", {}, typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(6) : String(value))));
    return make("details", { open: true }, make("summary", {}, this.words.layer(layer)), make("table", {}, make("tbody", {}, ...rows)));
  }

  private showSite(id: string): void {
    const site = this.state.sites.find((one) => one.id === id);
    if (site === undefined) return;
    this.page.choose(id);
    this.open(this.words.of("site", site.id), this.siteForm(site));
  }

  private siteForm(site: SiteInfo): HTMLElement {
    const { words } = this;
    const number = (label: string, value: number, limits: { min?: number; max?: number } = {}) => {
      const input = make("input", { type: "number", step: "any", value: String(value), ...limits, required: true });
      return { input, label: make("label", {}, label, input) };
    };
    const lon = number(words.of("where").split(", ")[0] ?? "", site.lon);
    const lat = number(words.of("where").split(", ")[1] ?? "", site.lat);
    const existing = make("input", { type: "checkbox", checked: site.existing });
    const sectors = site.sectors.map((sector) => ({
      id: String(sector["id"]),
      inputs: this.plan.editable.map((key) => ({
        key: key.key,
        before: Number(sector[key.key]),
        ...number(words.has(key.key) ? words.of(key.key) : key.key, Number(sector[key.key]), { min: key.min, max: key.max }),
      })),
      facts: [sector["antenna"], this.plan.technologies[String(sector["technology"])] ?? "", `${(Number(sector["freq_hz"]) / 1e9).toPrecision(4)} GHz`].filter((one) => one !== "").join(" · "),
    }));
    const edits = (): Edit[] => {
      const out: Edit[] = [];
      const own: Edit = { site: site.id };
      if (Number(lon.input.value) !== site.lon || Number(lat.input.value) !== site.lat) {
        own.lon = Number(lon.input.value);
        own.lat = Number(lat.input.value);
      }
      if (existing.checked !== site.existing) own.existing = existing.checked;
      if (Object.keys(own).length > 1) out.push(own);
      for (const sector of sectors) {
        const changed = sector.inputs.filter((one) => Number(one.input.value) !== one.before);
        if (changed.length > 0)
          out.push({ site: site.id, sector: sector.id, values: Object.fromEntries(changed.map((one) => [one.key, Number(one.input.value)])) });
      }
      return out;
    };
    return make(
      "form",
      {
        class: "site",
        submit: (event: Event) => {
          event.preventDefault();
          const list = edits();
          if (list.length > 0) void this.change(() => api.edit(this.state.revision, list)).then(() => this.showSite(site.id));
        },
      },
      site.name === site.id ? null : make("p", {}, site.name),
      make("label", { class: "choice" }, existing, words.of("plannedOn")),
      make("div", { class: "fields" }, lon.label, lat.label),
      ...sectors.map((sector) =>
        make(
          "fieldset",
          {},
          make("legend", {}, words.of("sector", sector.id)),
          make("p", { class: "note" }, sector.facts),
          make("div", { class: "fields" }, ...sector.inputs.map((one) => one.label)),
        ),
      ),
      make("button", { type: "submit", class: "primary" }, words.of("apply")),
    );
  }

  private askForSite(at: LonLat): void {
    const { words } = this;
    const ids = new Set(this.state.sites.map((one) => one.id));
    let count = this.state.sites.length + 1;
    while (ids.has(`N${count}`)) count++;
    const id = make("input", { type: "text", required: true, maxlength: "64", value: `N${count}` });
    const like = make("select", {}, ...this.state.sites.map((one) => make("option", { value: one.id }, one.name === one.id ? one.id : `${one.id} ${one.name}`)));
    this.open(
      words.of("addSite"),
      make(
        "form",
        {
          class: "site",
          submit: (event: Event) => {
            event.preventDefault();
            void this.change(() => api.edit(this.state.revision, [{ site: id.value, like: like.value, lon: at[0], lat: at[1] }])).then(() => {
              this.setTool("choose");
              this.showSite(id.value);
            });
          },
        },
        make("p", {}, words.of("addSiteAt", `${at[0].toFixed(5)}, ${at[1].toFixed(5)}`)),
        make("label", {}, words.of("id"), id),
        make("label", {}, words.of("likeSite"), like),
        make("button", { type: "submit", class: "primary" }, words.of("addSite")),
      ),
    );
  }

  private askForName(): void {
    const { words } = this;
    const name = make("input", { type: "text", required: true, maxlength: "64", pattern: "[A-Za-z0-9_\\-]+", value: `changed-${this.state.revision}` });
    const said = make("p", { role: "status" });
    this.open(
      words.of("save"),
      make(
        "form",
        {
          class: "site",
          submit: (event: Event) => {
            event.preventDefault();
            void this.guarded(async () => {
              const saved = await api.save(this.state.revision, name.value);
              said.textContent = words.of("saved", saved.folder);
            });
          },
        },
        make("label", {}, words.of("saveAs"), name),
        make("button", { type: "submit", class: "primary" }, words.of("save")),
        said,
      ),
    );
  }

  private async showProfile(from: LonLat, to: LonLat): Promise<void> {
    const { words } = this;
    const profile = await api.profile(from, to);
    const field = (word: Word, value: number) => {
      const input = make("input", { type: "number", step: "any", min: "0", value: String(value) });
      return { input, label: make("label", {}, words.of(word), input) };
    };
    const first = this.state.sites[0]?.sectors[0];
    const start = field("fromHeight", Number(first?.["tx_agl_m"] ?? 30));
    const end = field("toHeight", this.plan.rx_agl_m);
    const frequency = field("frequency", Number(first?.["freq_hz"] ?? 3.5e9) / 1e9);
    const chart = make("div", { class: "pictures" });
    const draw = () =>
      chart.replaceChildren(
        profileChart(
          profile,
          {
            fromHeight_m: Number(start.input.value),
            toHeight_m: Number(end.input.value),
            frequency_ghz: Math.max(0.01, Number(frequency.input.value)),
            earthRadius_m: this.plan.effective_earth_radius_m,
          },
          words,
        ),
      );
    for (const one of [start, end, frequency]) one.input.addEventListener("input", draw);
    draw();
    const length = profile.distance_m[profile.distance_m.length - 1] ?? 0;
    this.open(
      words.of("profileOf"),
      make("p", {}, words.of("length", `${words.fixed(length / 1000, 3)} km`)),
      chart,
      make("div", { class: "fields" }, start.label, end.label, frequency.label),
    );
  }

  // Search

  private searchBox(): HTMLElement {
    const { words } = this;
    const results = make("ul", { class: "results", id: "results" });
    const input = make("input", { type: "search", placeholder: words.of("search"), "aria-label": words.of("search"), "aria-controls": "results", autocomplete: "off" });
    const choose = (at: LonLat, site?: string) => {
      results.replaceChildren();
      this.page.goTo(at);
      if (site !== undefined) this.showSite(site);
    };
    input.addEventListener("input", () => void this.guarded(() => this.showResults(input, results, choose)));
    return make(
      "form",
      {
        role: "search",
        class: "search",
        submit: (event: Event) => {
          event.preventDefault();
          void this.guarded(async () => {
            await this.showResults(input, results, choose);
            results.querySelector("button")?.click();
          });
        },
        keydown: (event: KeyboardEvent) => {
          if (event.key === "Escape") results.replaceChildren();
        },
      },
      input,
      results,
    );
  }

  private async showResults(input: HTMLInputElement, results: HTMLElement, choose: (at: LonLat, site?: string) => void): Promise<void> {
    const text = input.value.trim();
    const municipalities = text === "" ? [] : await this.municipalityPlaces();
    if (input.value.trim() !== text) return; // what was typed since has its own answer
    if (text === "") return results.replaceChildren();
    const rows: HTMLElement[] = [];
    const add = (label: string, at: LonLat, site?: string) => rows.push(make("li", {}, make("button", { type: "button", click: () => choose(at, site) }, label)));
    const place = /^(-?\d+(?:\.\d+)?)\s*[,、\s]\s*(-?\d+(?:\.\d+)?)$/.exec(text);
    if (place !== null) {
      const [a, b] = [Number(place[1]), Number(place[2])];
      // Latitude first is what maps on the web copy; a longitude of Japan is none.
      const at: LonLat = Math.abs(a) <= 90 && Math.abs(b) > 90 ? [b, a] : [a, b];
      if (Math.abs(at[1]) <= 90) add(`${at[0]}, ${at[1]}`, at);
    }
    const low = text.toLowerCase();
    for (const site of this.state.sites) {
      if (site.id.toLowerCase().includes(low) || site.name.toLowerCase().includes(low)) add(site.name === site.id ? site.id : `${site.id} ${site.name}`, [site.lon, site.lat], site.id);
    }
    const mesh = kMeshCode.test(text) ? await api.mesh(text) : null;
    if (input.value.trim() !== text) return;
    if (mesh !== null) {
      const ring: LonLat[] = [
        [mesh.west_deg, mesh.south_deg],
        [mesh.east_deg, mesh.south_deg],
        [mesh.east_deg, mesh.north_deg],
        [mesh.west_deg, mesh.north_deg],
      ];
      rows.push(make("li", {}, make("button", { type: "button", click: () => this.showMesh(ring, results) }, this.words.of("mesh", mesh.code))));
    }
    for (const one of municipalities) {
      if (one.name.toLowerCase().includes(low)) add(one.name, one.at);
    }
    results.replaceChildren(...(rows.length > 0 ? rows.slice(0, 8) : [make("li", { class: "note" }, this.words.of("noResult"))]));
  }

  private showMesh(ring: LonLat[], results: HTMLElement): void {
    results.replaceChildren();
    this.page.showArea(ring);
    this.mapElement.focus();
  }

  private municipalities: Promise<{ name: string; at: LonLat }[]> | null = null;

  private municipalityPlaces(): Promise<{ name: string; at: LonLat }[]> {
    this.municipalities ??= this.readMunicipalities();
    return this.municipalities;
  }

  private async readMunicipalities(): Promise<{ name: string; at: LonLat }[]> {
    if (this.state.figures.municipalities.length === 0) return [];
    const layer = (await api.layer("municipalities")) as { features: { properties: { name?: string }; geometry: { coordinates: number[][][][] } }[] };
    const out: { name: string; at: LonLat }[] = [];
    for (const feature of layer.features) {
      const ring = feature.geometry.coordinates.map((part) => part[0] ?? []).reduce((a, b) => (b.length > a.length ? b : a), []);
      const middle = (k: 0 | 1) => {
        const values = ring.map((one) => one[k] ?? 0);
        return (Math.min(...values) + Math.max(...values)) / 2;
      };
      if (feature.properties.name !== undefined && ring.length > 0) out.push({ name: feature.properties.name, at: [middle(0), middle(1)] });
    }
    return out;
  }

  // Out of the page

  private link(): string {
    const view = this.page.map.getView();
    return writeLink({
      at: this.page.lonLat(...this.page.centre),
      resolution: view.getResolution() ?? null,
      raster: this.rasterId,
      opacity: this.opacity,
      tables: [...this.shown, ...this.wanted],
    });
  }

  private noteLink(): void {
    history.replaceState(null, "", `${location.pathname}${location.search}${this.link()}`);
  }

  private async copyLink(): Promise<void> {
    this.noteLink();
    await this.guarded(async () => {
      await navigator.clipboard.writeText(location.href);
      this.tell(this.words.of("copied"));
    });
  }

  private async exportPicture(): Promise<void> {
    const caption = [this.plan.title, this.rasterName(this.rasterId), ...this.plan.credits].join(" – ");
    const blob = await this.page.picture(caption);
    if (blob === null) return;
    this.download(blob, "amaneku.png");
  }
}

async function begin(): Promise<void> {
  const words = new Words(askedLanguage());
  document.documentElement.lang = words.language;
  document.body.append(make("p", { role: "status", class: "waiting" }, words.of("loading")));
  try {
    new Page(await api.plan(words.language), words);
  } catch (error) {
    document.body.replaceChildren(make("p", { role: "alert", class: "waiting" }, words.of("failed", error instanceof Error ? error.message : String(error))));
  }
}

void begin();
