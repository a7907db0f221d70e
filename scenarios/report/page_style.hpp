// The style sheet of the report: screen, phone and A4.
#pragma once

#include <string_view>

namespace amaneku::scenarios {

inline constexpr std::string_view kPageStyle = R"css(
:root{color-scheme:light;--ink:#1b2423;--soft:#56635f;--rule:#d5dbd8;--pale:#f3f6f5;--bar:#c9e2dc;--accent:#0b5f5a}
*{box-sizing:border-box}
body{margin:0;background:#fff;color:var(--ink);font:15px/1.6 system-ui,-apple-system,"Segoe UI","Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic UI",Meiryo,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1240px;margin:0 auto;padding:28px 24px 48px}
h1{font-size:1.9rem;line-height:1.25;font-weight:650;margin:0 0 .35rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;font-weight:650;margin:2.4rem 0 .7rem;padding-bottom:.3rem;border-bottom:2px solid var(--ink)}
h3{font-size:.95rem;font-weight:650;margin:1.2rem 0 .4rem}
p{margin:.3rem 0}
.over{color:var(--accent);font-weight:600;font-size:.85rem;letter-spacing:.02em;margin:0 0 .3rem}
.lead{max-width:52em;color:var(--soft);font-size:1.02rem;overflow-wrap:anywhere}
.note{color:var(--soft);font-size:.84rem;max-width:72em}
.synthetic{margin:1rem 0 0;padding:.6rem .9rem;border-left:5px solid #a65a00;background:#fff3dc;color:#4a2a00;font-size:.92rem;overflow-wrap:anywhere}
.synthetic strong{margin-right:.4em}
.cards{display:flex;flex-wrap:wrap;margin:1.3rem 1px .5rem 0;break-inside:avoid}
.card{flex:1 1 190px;background:#fff;padding:.8rem 1rem;border:1px solid var(--rule);margin:0 -1px -1px 0}
.k{font-size:.84rem;color:var(--soft)}
.v{font-size:2rem;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums}
.v small{font-size:1rem;font-weight:500;margin-left:.15em}
.d{font-size:.84rem;color:var(--soft)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;margin:1rem 0 0;padding:0;font-size:.88rem}
a{color:var(--accent)}
.halves{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:28px;align-items:start}
.first h3{margin:1rem 0 .2rem}.first .answer h3{margin-top:0}.first p.v{margin:0}.first .answer .v{font-size:3rem;line-height:1.1}
.first .detail{font-size:.92rem}.first b{margin-right:.9em}.first ul,.first ol{margin:.2rem 0 0;padding-left:1.3em;overflow-wrap:anywhere}
.first ul.keys{padding:0}.first figure h3{margin-top:.5rem}
.good{color:#0b5f5a}.bad{color:#b3261e}
.caveats{font-size:.86rem;color:var(--soft)}
.plate{display:grid;grid-template-columns:minmax(0,1fr) 330px;gap:22px;align-items:start}
figure{margin:0}
figcaption{color:var(--soft);font-size:.84rem;margin-top:.2rem}
svg.map{display:block;width:100%;height:auto;background:#fff}
.mark circle{fill:#b3261e;stroke:#fff;stroke-width:3}svg.map .mark text{fill:#fff;font-size:25px;font-weight:700;text-anchor:middle}
.beside{display:grid;grid-template-columns:minmax(0,1fr) 360px;gap:24px;align-items:start}
.edge{fill:none;stroke:#1b2423;stroke-width:1}
.roads,.borders{fill:none;stroke-linejoin:round;stroke-linecap:round}
.pale{opacity:.4}
.cables path{fill:none;stroke-linejoin:round;stroke-linecap:round}
.offices rect{fill:#fff;stroke:#111;stroke-width:1.8}
.borders path{vector-effect:non-scaling-stroke}
.case{stroke:#fff;stroke-width:4.4px}.case1{stroke-width:3px}.case2,.case3{stroke:none}
.r0{stroke:#8c1322;stroke-width:2.5px}.r1{stroke:#242424;stroke-width:1.5px}.r2{stroke:#2f2f2f;stroke-width:.9px}.r3{stroke:#3c3c3c;stroke-width:.5px;stroke-opacity:.75}
.borders path{stroke:#111;stroke-width:1px;stroke-dasharray:7 2.5 1.5 2.5;stroke-opacity:.8}
.site circle{fill:#111;stroke:#fff;stroke-width:1.4}
.site path{stroke:#fff;stroke-width:4;stroke-linecap:round}
.site path.top{stroke:#111;stroke-width:1.8}
.candidate circle{fill:#fff;stroke:#111;stroke-width:1.6}
.candidate path,.candidate path.top{stroke:none}
svg.map text{font-family:inherit;fill:#111;unicode-bidi:isolate}
.names text{text-anchor:middle;font-size:13px;font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
.names text.id{font-size:10px;font-weight:500}
.ticks path{stroke:#1b2423;fill:none}
.ticks text{font-size:11px;text-anchor:middle}.ticks text.lat{text-anchor:end}
.scale text{font-size:11px;text-anchor:middle}.scale .panel{fill:#fff;fill-opacity:.86}.scale .dark{fill:#111}.scale .light{fill:#fff;stroke:#111;stroke-width:1}
.north path{fill:#111;stroke:#111;stroke-width:.8}.north path.light{fill:#fff}.north path.halo{stroke:#fff;stroke-width:5;stroke-linejoin:round}
.north text{font-size:13px;font-weight:700;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3.5px}
.legend h3{margin-top:0}
.maps{display:grid;grid-template-columns:1fr 1fr;gap:18px 22px}
.maps h3{margin:0 0 .2rem}
.keys{list-style:none;display:flex;flex-wrap:wrap;gap:2px 14px;margin:.3rem 0 0;padding:0;font-size:.8rem}
.plots{display:grid;grid-template-columns:repeat(3,1fr);gap:18px}
svg.plot{display:block;width:100%;height:auto}
svg.plot path{fill:none;stroke:#0b5f5a;stroke-width:1.8}svg.plot path.area{stroke:#a65a00;stroke-dasharray:5 3}
svg.plot .grid{stroke:#d5dbd8;stroke-width:.7}svg.plot text{font-size:11px;fill:#56635f}
tr.alarm td{background:#fdeee6}
.swatch{display:inline-block;width:26px;height:14px;margin-right:8px;vertical-align:-2px;border:1px solid #8b9692}
.hatched{background:repeating-linear-gradient(135deg,#fff 0 4px,#9aa5a1 4px 5.2px)}
.dot{display:inline-block;width:10px;height:10px;margin-right:2px;border:1px solid #8b9692}
.dot+:not(.dot){margin-left:4px}
.symbols{list-style:none;margin:.8rem 0 .4rem;padding:0;font-size:.86rem}
.symbols li{display:flex;gap:8px;align-items:center;line-height:1.7}
.symbols svg{flex:none}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.4}
th,td{padding:.34rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);unicode-bidi:isolate;overflow-wrap:break-word}
th{word-break:keep-all;font-weight:600;color:var(--soft);vertical-align:bottom;border-bottom:1px solid #8b9692}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
th.n{white-space:normal}
.whole{white-space:nowrap}
.long{min-width:17em}
.bar{background:linear-gradient(90deg,var(--bar) var(--p),transparent var(--p)) no-repeat 0 .3rem/100% 1.25rem;min-width:6.5em}
tr.group td{font-weight:600;background:var(--pale)}
tr.other td{color:var(--soft)}
tr.sum td{font-weight:650;border-top:1px solid var(--ink);border-bottom:1px solid var(--ink)}
.legend td,.legend th{padding:.28rem .3rem}
.legend td:first-child{padding-left:34px;text-indent:-34px}
.legend tr.group td:first-child{padding-left:.3rem;text-indent:0}
.columns{display:grid;grid-template-columns:3fr 2fr;gap:36px}
.facts td:first-child{color:var(--soft);width:40%}
.hash{font:.76rem/1.5 ui-monospace,Consolas,monospace;word-break:break-all}
code{font:.82rem ui-monospace,Consolas,monospace}
pre{font:.78rem/1.5 ui-monospace,Consolas,"Noto Sans Mono CJK JP",monospace;background:var(--pale);padding:.9rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
details{margin-top:1rem}summary{cursor:pointer;font-weight:600}
.credits{padding-left:1.2em;margin:.3rem 0;overflow-wrap:anywhere}
td small{color:var(--soft)}
.server{max-width:760px}
@media (max-width:900px){.plate,.columns,.halves,.beside{grid-template-columns:minmax(0,1fr);gap:10px}}
@media (max-width:640px){main{padding:16px 12px 32px}h1{font-size:1.45rem}.v{font-size:1.6rem}
.names text{font-size:26px;stroke-width:6px}.names text.n2,.names text.id{display:none}
.ticks text,.scale .mid{display:none}.scale text{font-size:20px}td:first-child{min-width:8em}.facts td:first-child{min-width:0}.wide table{min-width:620px}.legend .wide table,.facts .wide table{min-width:0}.site circle{r:8px}.site path{display:none}}
@media print{@page{size:A4;margin:14mm 12mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#56635f}}body{font-size:9.5pt}main{max-width:none;padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
nav{display:none}a{color:inherit;text-decoration:none}.halves{grid-template-columns:minmax(0,1fr) 88mm;gap:7mm}.beside{grid-template-columns:minmax(0,1fr) 66mm;gap:5mm}.first{break-after:page;font-size:9pt}.first h2{margin-top:.7rem}.first h3{font-size:9.5pt;margin:.6rem 0 .1rem}.first .v{font-size:1.3rem}.first .answer .v{font-size:2.4rem}.first .detail,.first .keys,.caveats{font-size:8pt}.first ol{line-height:1.5}
.cards{margin:.6rem 1px .3rem 0}.card{flex:1 1 34mm;padding:.4rem .6rem}.card:first-child{flex-grow:2}.v{font-size:1.5rem}.k,.d,.note,figcaption{font-size:8pt;line-height:1.45}.lead{font-size:10pt}
.plate{grid-template-columns:minmax(0,1fr) 70mm;gap:4mm;break-inside:avoid}.plate .legend td,.plate .legend th{padding:.2rem .2rem}.plate svg.map{max-height:128mm}.plate table{font-size:7pt}.plate .swatch{width:20px;height:11px;margin-right:5px}.legend td:first-child{padding-left:26px;text-indent:-26px}.legend,figure,.card,tr{break-inside:avoid}h2{margin-top:1.2rem}h2,h3,h3+p,p:has(+.wide),p:has(+p+.wide){break-after:avoid}
.wide{overflow:visible}.long{min-width:46mm}thead{display:table-header-group}tr.group{break-after:avoid}table{font-size:8pt}th,td{padding:.2rem .35rem}.server{max-width:130mm}}
)css";

}  // namespace amaneku::scenarios
