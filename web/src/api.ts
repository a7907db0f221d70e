// The interface of the server (docs/serve.md).

export interface Grid {
  west_m: number;
  north_m: number;
  cell_m: number;
  nx: number;
  ny: number;
}

export interface RasterClass {
  value?: number;
  min?: number | null;
  max?: number | null;
  id?: string;
  label?: string;
  colour: string;
  below_threshold?: boolean;
}

export interface RasterInfo {
  id: string;
  type: "float32" | "int16" | "uint8";
  unit: string;
  classes: RasterClass[];
}

export interface LayerInfo {
  id: string;
  description: string;
  kind: "point" | "line" | "area";
  features: number;
  columns: Record<string, string>;
  qml: string;
}

export type SectorValues = Record<string, number | string>;

export interface SiteInfo {
  id: string;
  name: string;
  operator: string;
  lon: number;
  lat: number;
  existing: boolean;
  changed: boolean;
  sectors: SectorValues[];
}

export interface PeopleFigures {
  in_plan: number;
  covered: number;
  covered_before: number;
  percent: number | null;
  percent_before: number | null;
}

export interface PlanState {
  revision: number;
  can_undo: boolean;
  can_redo: boolean;
  studies_current: boolean;
  seconds: number;
  sites: SiteInfo[];
  figures: {
    population: PeopleFigures;
    area: { total_km2: number; covered_km2: number; covered_km2_before: number };
    municipalities: (PeopleFigures & { code: string; name: string })[];
    roads: { class: string; length_km: number; covered_km: number; covered_km_before: number }[];
  };
}

export interface Plan {
  version: string;
  title: string;
  description: string;
  credits: string[];
  synthetic: boolean;
  covered_means: string;
  threshold_dbm: number;
  effective_earth_radius_m: number;
  rx_agl_m: number;
  crs: { id: string; name: string; proj4: string };
  grid: Grid;
  preview_grid: Grid;
  no_terrain_colour: string;
  editable: { key: string; unit: string; min: number; max: number }[];
  technologies: Record<string, string>;
  rasters: RasterInfo[];
  against: string | null;
  state: PlanState;
}

export interface Edit {
  site: string;
  like?: string;
  lon?: number;
  lat?: number;
  existing?: boolean;
  sector?: string;
  values?: Record<string, number>;
}

export interface Explained {
  verdict: string;
  text: string;
  pictures: string[];
}

export interface MeshPlace {
  code: string;
  level: number;
  west_deg: number;
  south_deg: number;
  east_deg: number;
  north_deg: number;
}

export interface GroundProfile {
  distance_m: number[];
  ground_asl_m: (number | null)[];
}

interface Fault {
  key: string;
  value: string;
  message: string;
  legal: string;
}

export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    faults: Fault[],
  ) {
    super(faults.map((fault) => fault.message).join("; ") || code);
  }
}

export type Cells = Float32Array | Int16Array | Uint8Array;

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  let code = String(response.status);
  let faults: Fault[] = [];
  try {
    const body = (await response.json()) as { error?: { code: string; faults?: Fault[] } };
    code = body.error?.code ?? code;
    faults = body.error?.faults ?? [];
  } catch {
    // not ours: the status says it all
  }
  throw new RequestError(response.status, code, faults);
}

async function getJson<T>(path: string, query: Record<string, string>): Promise<T> {
  const response = await checked(await fetch(`${path}?${new URLSearchParams(query)}`));
  return (await response.json()) as T;
}

async function post(path: string, body: unknown): Promise<Response> {
  return checked(
    await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}

async function postJson<T>(path: string, body: unknown): Promise<T> {
  return (await (await post(path, body)).json()) as T;
}

export const api = {
  plan: (lang: string) => getJson<Plan>("/api/plan", { lang }),
  state: () => getJson<PlanState>("/api/state", {}),
  layers: (lang: string) => getJson<LayerInfo[]>("/api/layers", { lang }),
  layer: (id: string) => getJson<object>(`/api/layer/${encodeURIComponent(id)}`, {}),
  explain: (revision: number, lon: number, lat: number, lang: string) =>
    getJson<Explained>("/api/explain", { revision: String(revision), at: `${lon},${lat}`, lang }),
  profile: (from: readonly number[], to: readonly number[]) =>
    getJson<GroundProfile>("/api/profile", { from: from.join(","), to: to.join(",") }),
  /** Null: no code of JIS X 0410. */
  async mesh(code: string): Promise<MeshPlace | null> {
    try {
      return await getJson<MeshPlace>("/api/mesh", { code });
    } catch (error) {
      if (error instanceof RequestError && error.status === 422) return null;
      throw error;
    }
  },
  /** A map or a table as a file: "rsrp_dbm.tif", "roads.kml". */
  async file(revision: number, name: string): Promise<Blob> {
    return (await checked(await fetch(`/api/export/${encodeURIComponent(name)}?revision=${revision}&lang=${document.documentElement.lang}`))).blob();
  },
  edit: (revision: number, edits: Edit[]) => postJson<PlanState>("/api/edit", { revision, edits }),
  undo: (revision: number) => postJson<PlanState>("/api/undo", { revision }),
  redo: (revision: number) => postJson<PlanState>("/api/redo", { revision }),
  studies: (revision: number) => postJson<PlanState>("/api/studies", { revision }),
  save: (revision: number, name: string) =>
    postJson<{ folder: string; scenario: string }>("/api/save", { revision, name }),
  async preview(revision: number, edits: Edit[]): Promise<Float32Array> {
    return new Float32Array(await (await post("/api/preview", { revision, edits })).arrayBuffer());
  },
  async raster(id: string, type: RasterInfo["type"], of: number | "base"): Promise<Cells> {
    const query = of === "base" ? "of=base" : `revision=${of}`;
    const bytes = await (await checked(await fetch(`/api/raster/${id}?${query}`))).arrayBuffer();
    if (type === "float32") return new Float32Array(bytes);
    return type === "int16" ? new Int16Array(bytes) : new Uint8Array(bytes);
  },
};
