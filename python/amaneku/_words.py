"""Words of pictures and pages in English and Japanese, each once."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "ja"]

WORDS: dict[str, tuple[str, str]] = {
    "rsrp": ("Received power, dBm", "受信電力 (dBm)"),
    "sinr": ("SINR, dB", "SINR (dB)"),
    "dl": ("Downlink, Mbit/s", "下り (Mbit/s)"),
    "ul": ("Uplink, Mbit/s", "上り (Mbit/s)"),
    "served_not": ("not served", "サービスなし"),
    "not_computed": ("not computed", "計算対象外"),
    "below": ("below threshold", "閾値未満"),
    "synthetic": ("SYNTHETIC", "架空データ"),
    "people_covered": ("People covered", "人口カバー率"),
    "of_people_in_plan": ("of the people inside the plan", "計画区域内人口に対する割合"),
    "people": ("people", "人"),
    "sites": ("Sites", "局数"),
    "sectors": ("Sectors", "セクタ数"),
    "grid": ("Grid", "格子"),
    "crs": ("CRS", "座標参照系"),
    "warnings": ("Warnings", "警告"),
    "credits": ("Credits", "出典"),
    "model": ("Model", "伝搬モデル"),
    "area_covered": ("Area covered", "面積カバー率"),
    "planned_site": ("site", "局"),
    "candidate_site": ("candidate site", "候補局"),
    "there": ("there", "往路"),
    "back": ("back", "復路"),
    "served": ("People served", "サービスを受ける人口の割合"),
    "east_km": ("East, km", "東 (km)"),
    "north_km": ("North, km", "北 (km)"),
    "distance_km": ("Distance, km", "距離 (km)"),
    "height_m": ("Height above sea level, m", "標高 (m)"),
    "ground": ("ground", "地面"),
    "clutter": ("buildings and trees", "建物・樹木"),
    "sight": ("line of sight", "見通し線"),
    "fresnel": ("first Fresnel zone", "第1フレネルゾーン"),
    "site": ("site", "局"),
    "along_km": ("Along the route, km", "路線に沿った距離 (km)"),
    "without_link": ("drives without a link, %", "接続できない走行の割合 (%)"),
    "no_link": ("no link", "通信途絶"),
    "uplink": ("uplink too slow", "上り不足"),
    "downlink": ("downlink too slow", "下り不足"),
    "outside": ("outside the plan", "計画区域外"),
    "tunnel": ("tunnel", "トンネル"),
    "bridge": ("bridge", "橋"),
    "delay_ms": ("Delay, ms", "遅延 (ms)"),
    "share_percent": ("Messages that arrive within, %", "到着する割合 (%)"),
    "deadline": ("deadline", "許容遅延"),
    "cost_myen": ("Purchase, million JPY", "整備費 (百万円)"),
    "national_jpy": ("nation", "国"),
    "prefecture_jpy": ("prefecture", "都道府県"),
    "municipality_jpy": ("municipality", "市町村"),
    "operator_jpy": ("operator", "事業者"),
    "capex_jpy": ("purchase", "整備費"),
    "fiscal_year": ("End of fiscal year", "年度末"),
    "actual": ("Value, in the unit of the target", "値 (目標の単位)"),
    "required": ("target", "目標"),
    "cable": ("cable", "ケーブル"),
    "gap": ("straight estimate", "直線での概算"),
    "link": ("other link", "その他の回線"),
    "microwave": ("microwave", "マイクロ波"),
    "optics": ("optical hop", "光無線"),
    "exchange": ("exchange", "収容局"),
    "kept": ("covered in both", "両方で圏内"),
    "won": ("won", "新たに圏内"),
    "lost": ("lost", "圏外になる"),
    "neither": ("in neither", "両方で圏外"),
    "no_table": ("this plan has none", "この計画にはない"),
    "p50": ("half of the messages", "半数"),
    "p95": ("95 %", "95 %"),
    "p99": ("99 %", "99 %"),
    "measured": ("Measured, dBm", "実測値 (dBm)"),
    "predicted": ("Predicted, dBm", "推定値 (dBm)"),
}


# Parts of a delay, metrics and scopes of targets, as tables name them; others stand as they are.
TABLE_WORDS: dict[str, str] = {
    "camera frame wait": "カメラのフレーム待ち",
    "exposure and readout": "露光・読み出し",
    "encoder": "映像符号化",
    "uplink": "無線（上り）",
    "decoder": "映像復号",
    "screen refresh wait": "画面更新待ち",
    "panel": "表示パネル",
    "transport back": "固定回線・中継（指令）",
    "transport": "固定回線・中継",
    "downlink": "無線（下り、指令）",
    "interruptions": "ハンドオーバによる途絶",
    "5g_population_coverage": "5G人口カバー率 (%)",
    "population_outside_4g": "4Gエリア外人口 (人)",
    "5g_base_deployment_rate": "5G基盤展開率 (%)",
    "5g_base_stations": "5G基地局数",
    "municipalities_with_5g_station": "5G基地局のある市町村 (%)",
    "road_coverage": "道路カバー率 (%)",
    "fibre_household_coverage": "光ファイバ世帯カバー率 (%)",
    "schools_without_adequate_access": "通信環境が不十分な学校数",
    "level4_services": "レベル4の実施箇所数",
    "national": "全国",
    "each_prefecture": "都道府県別",
    "region": "計画区域",
    "each_municipality": "市町村別",
    "expressways": "高速道路",
    "expressways+national_highways": "高速道路・国道",
}


def table_word(text: str, lang: Language) -> str:
    """A word of a table, with blanks for underscores in English."""
    return TABLE_WORDS.get(text, text) if lang == "ja" else text.replace("_", " ")


def word(key: str, lang: Language) -> str:
    """KeyError for an unknown word, ValueError for a language that there is not."""
    if lang not in ("en", "ja"):
        raise ValueError(f"lang = {lang!r}: unknown language (legal: en, ja)")
    return WORDS[key][0 if lang == "en" else 1]
