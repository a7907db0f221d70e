// What is seen, in the address: a link shows the same.

export interface Seen {
  at: [number, number] | null;
  resolution: number | null;
  raster: string | null;
  opacity: number | null;
  tables: string[];
}

export function readLink(hash: string): Seen {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const number = (key: string) => {
    const text = query.get(key);
    const value = Number(text);
    return text === null || text === "" || !Number.isFinite(value) ? null : value;
  };
  const at = (query.get("at") ?? "").split(",").map(Number);
  const [lon, lat] = at;
  return {
    at: at.length === 2 && lon !== undefined && lat !== undefined && at.every(Number.isFinite) ? [lon, lat] : null,
    resolution: number("res"),
    raster: query.get("map"),
    opacity: number("opacity"),
    tables: (query.get("layers") ?? "").split(",").filter((id) => id !== ""),
  };
}

export function writeLink(seen: Seen): string {
  const query = new URLSearchParams();
  if (seen.at !== null) query.set("at", seen.at.map((value) => value.toFixed(5)).join(","));
  if (seen.resolution !== null) query.set("res", seen.resolution.toPrecision(4));
  if (seen.raster !== null) query.set("map", seen.raster);
  if (seen.opacity !== null) query.set("opacity", String(seen.opacity));
  if (seen.tables.length > 0) query.set("layers", seen.tables.join(","));
  return `#${query.toString().replaceAll("%2C", ",")}`;
}
