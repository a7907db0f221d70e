// Every text of the page. A word that one language lacks does not compile.

const en = {
  aMap: "Map: arrow keys move it, plus and minus zoom, Enter asks about the place in its middle",
  addSite: "Add a site",
  addSiteAt: "New site at {0}",
  alreadyChanged: "The plan was changed in another window. This page now shows it as it stands there.",
  antenna: "antenna",
  apply: "Apply",
  area: "Area covered",
  azimuth_deg: "Azimuth (°)",
  before: "before",
  cancel: "Cancel",
  cells: "Rate in cells",
  change: "Change",
  changes: "Changes",
  choose: "Look and ask",
  close: "Close",
  compare: "Compare with the plan as it was read",
  compareAt: "Border between before (left) and now (right)",
  compareWith: "Compare with {0}",
  differences: "Differences are from {0}.",
  copied: "The link to this view is in the clipboard",
  copyLink: "Copy link",
  covered: "covered",
  details: "Details",
  distance: "Distance",
  drawing: "Click or press Enter for each point, Esc ends",
  edit: "Change sites",
  editHint: "Drag a site to move it, click it to change it",
  electrical_downtilt_deg: "Electrical downtilt (°)",
  everyTerm: "Every term",
  exportPng: "Save picture",
  failed: "The request failed: {0}",
  figures: "Figures",
  frequency: "Frequency (GHz)",
  fromHeight: "Height at the start (m)",
  ground: "Ground",
  headline: "People covered",
  help: "Click the map to ask why a place has its value.",
  hideSide: "Hide panel",
  id: "Identifier",
  layers: "Layers",
  legend: "Legend",
  length: "Length: {0}",
  likeSite: "Antennas as of",
  loading: "Loading …",
  measure: "Measure",
  mechanical_downtilt_deg: "Mechanical downtilt (°)",
  mesh: "Mesh {0}",
  municipalities: "Municipalities",
  municipality: "Municipality",
  name: "Name",
  noData: "no value",
  noFigures: "none",
  none: "None",
  noResult: "Nothing found",
  now: "now",
  of: "{0} of {1} people",
  opacity: "Opacity",
  otherLanguage: "日本語",
  people: "People",
  planned: "{0} s",
  plannedOn: "Planned on",
  power_dbm: "Power (dBm)",
  preview: "Preview",
  profile: "Profile",
  profileOf: "Profile of the ground",
  redo: "Redo",
  roads: "Roads",
  save: "Save scenario",
  saveAs: "Name of the new folder",
  saveAsFile: "Save as",
  saveFile: "Save {0} as {1}",
  saved: "Saved as {0}",
  search: "Search: site, municipality, mesh code, or longitude, latitude",
  sector: "Sector {0}",
  showSide: "Panel",
  site: "Site {0}",
  sites: "Sites",
  status: "Status",
  studiesOld: "The layers of studies are those before the changes.",
  studiesRun: "Compute studies again",
  studiesRunning: "The studies of the plan are being computed.",
  synthetic: "Synthetic data",
  belowThreshold: " (below the threshold)",
  title: "Map",
  toHeight: "Height at the end (m)",
  tools: "Tools",
  tx_agl_m: "Antenna height (m)",
  undo: "Undo",
  where: "Longitude, latitude",
  working: "Computing …",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  rsrp_dbm: "Received power (RSRP)",
  sinr_db: "SINR",
  dl_mbps: "Downlink rate",
  ul_mbps: "Uplink rate",
  margin_db: "Margin",
  service_state: "Served, or why not",
  best_server: "Best server",
  overlap: "Sectors within 6 dB",
  coverage_change: "Won and lost by the changes",
  coverage_difference: "Won and lost against {0}",
  neither: "covered in neither",
  kept: "covered in both",
  won: "won",
  lost: "lost",
} as const;

export type Word = keyof typeof en;

const ja: Record<Word, string> = {
  aMap: "地図: 矢印キーで移動、プラスとマイナスで拡大縮小、Enter で中央の地点を説明",
  addSite: "基地局を追加",
  addSiteAt: "新しい基地局の位置 {0}",
  alreadyChanged: "別のウィンドウで計画が変更された。現在の計画を表示している。",
  antenna: "アンテナ",
  apply: "適用",
  area: "面積カバー率",
  azimuth_deg: "方位角（°）",
  before: "変更前",
  cancel: "取消",
  cells: "セルの値",
  change: "変更",
  changes: "変更",
  choose: "閲覧",
  close: "閉じる",
  compare: "変更前の計画と比較",
  compareAt: "変更前（左）と変更後（右）の境界",
  compareWith: "「{0}」と比較",
  differences: "増減は「{0}」との差。",
  copied: "この表示へのリンクをクリップボードに複写した",
  copyLink: "リンクを複写",
  covered: "カバー",
  details: "詳細",
  distance: "距離",
  drawing: "クリックまたは Enter で点を追加、Esc で終了",
  edit: "基地局を変更",
  editHint: "基地局をドラッグして移動、クリックして諸元を変更",
  electrical_downtilt_deg: "電気チルト（°）",
  everyTerm: "すべての項",
  exportPng: "画像を保存",
  failed: "処理に失敗した: {0}",
  figures: "集計",
  frequency: "周波数（GHz）",
  fromHeight: "始点の高さ（m）",
  ground: "標高",
  headline: "人口カバー率",
  help: "地図をクリックすると、その地点の値の理由を表示する。",
  hideSide: "パネルを隠す",
  id: "識別子",
  layers: "レイヤ",
  legend: "凡例",
  length: "距離: {0}",
  likeSite: "同じアンテナ構成の基地局",
  loading: "読み込み中…",
  measure: "距離を測る",
  mechanical_downtilt_deg: "機械チルト（°）",
  mesh: "地域メッシュ {0}",
  municipalities: "市区町村",
  municipality: "市区町村",
  name: "名称",
  noData: "値なし",
  noFigures: "なし",
  none: "なし",
  noResult: "該当なし",
  now: "変更後",
  of: "{1}人中 {0}人",
  opacity: "不透明度",
  otherLanguage: "English",
  people: "人口",
  planned: "{0} 秒",
  plannedOn: "計算対象とする",
  power_dbm: "送信電力（dBm）",
  preview: "プレビュー",
  profile: "断面",
  profileOf: "地形断面",
  redo: "やり直し",
  roads: "道路",
  save: "シナリオを保存",
  saveAs: "新しいフォルダの名前",
  saveAsFile: "ファイルに保存",
  saveFile: "{0}を{1}形式で保存",
  saved: "{0} に保存した",
  search: "検索: 基地局、市区町村、地域メッシュコード、または経度, 緯度",
  sector: "セクタ {0}",
  showSide: "パネル",
  site: "基地局 {0}",
  sites: "基地局",
  status: "状態",
  studiesOld: "検討結果のレイヤは変更前のもの。",
  studiesRun: "検討を再計算",
  studiesRunning: "検討を計算中。",
  synthetic: "模擬データ",
  belowThreshold: "（閾値未満）",
  title: "地図",
  toHeight: "終点の高さ（m）",
  tools: "ツール",
  tx_agl_m: "アンテナ高（m）",
  undo: "元に戻す",
  where: "経度, 緯度",
  working: "計算中…",
  zoomIn: "拡大",
  zoomOut: "縮小",
  rsrp_dbm: "受信電力（RSRP）",
  sinr_db: "SINR",
  dl_mbps: "下り速度",
  ul_mbps: "上り速度",
  margin_db: "余裕",
  service_state: "サービス可否とその理由",
  best_server: "ベストサーバ",
  overlap: "6 dB 以内のセクタ数",
  coverage_change: "変更による増減",
  coverage_difference: "「{0}」に対する増減",
  neither: "いずれも対象外",
  kept: "いずれもカバー",
  won: "増加",
  lost: "減少",
};

// Names of the tables that have a place on the map (docs/formats/tables.md).
const layers: Record<string, [string, string]> = {
  sectors: ["Sectors", "セクタ"],
  meshes: ["Population", "人口メッシュ"],
  population: ["Population", "人口"],
  site_costs: ["Costs of sites", "基地局の費用"],
  municipalities: ["Municipalities", "市区町村"],
  focus_zones: ["Focus zones", "重点区域"],
  roads: ["Roads", "道路"],
  places: ["Places", "施設"],
  exchanges: ["Exchanges", "局舎"],
  fibre: ["Fibre", "光ファイバ"],
  microwave: ["Microwave links", "マイクロ波回線"],
  optics: ["Optical links", "光無線回線"],
  backhaul_sites: ["Backhaul of sites", "基地局の伝送路"],
  licence_areas: ["Licence areas", "免許の区域"],
  coordination: ["Coordination", "干渉調整"],
  handovers: ["Handovers", "ハンドオーバ"],
  routes: ["Routes", "路線"],
  route_cells: ["Serving cells of routes", "路線の在圏セル"],
  route_gaps: ["Gaps of routes", "路線の圏外区間"],
  route_intersections: ["Junctions of routes", "路線の交差点"],
  route_profile: ["Steps of routes", "路線の計算点"],
  targets: ["Targets", "目標"],
  target_gaps: ["Gaps of targets", "目標の未達区間"],
  target_parts: ["Parts of targets", "目標の対象区間"],
  selection: ["Site selection", "基地局選定"],
  antenna_heights: ["Antenna heights", "アンテナ高の検討"],
};

export type Language = "en" | "ja";

export class Words {
  readonly number: Intl.NumberFormat;
  readonly percent: Intl.NumberFormat;

  constructor(readonly language: Language) {
    this.number = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    this.percent = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  }

  of(word: Word, ...values: string[]): string {
    const text = (this.language === "ja" ? ja : en)[word];
    return text.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? "");
  }

  has(word: string): word is Word {
    return word in en;
  }

  /** Name of a layer; one that is not known keeps its identifier. */
  layer(id: string): string {
    const names = layers[id] ?? layers[id.replace(/_(points|lines|areas)$/, "")];
    return names === undefined ? id : names[this.language === "ja" ? 1 : 0];
  }

  fixed(value: number, decimals: number): string {
    return new Intl.NumberFormat(this.language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    }).format(value);
  }

  signed(value: number, decimals: number): string {
    return new Intl.NumberFormat(this.language, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: "exceptZero",
    }).format(value);
  }

  /** A class of a legend by its bounds. */
  range(min: number | null, max: number | null, unit: string): string {
    const plain = (value: number) => String(Number(value.toPrecision(6))).replace("-", "−");
    const end = unit === "" ? "" : ` ${unit}`;
    if (this.language === "ja") {
      if (min === null && max === null) return this.of("none");
      if (min === null) return `${plain(max ?? 0)}${end} 未満`;
      if (max === null) return `${plain(min)}${end} 以上`;
      return `${plain(min)} 以上 ${plain(max)}${end} 未満`;
    }
    if (min === null && max === null) return "all";
    if (min === null) return `below ${plain(max ?? 0)}${end}`;
    if (max === null) return `${plain(min)}${end} or more`;
    return `${plain(min)} to ${plain(max)}${end}`;
  }
}
