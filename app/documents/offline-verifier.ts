import { ARCHIVE_CSS, escapeHtml } from "./html";

/**
 * The page that verifies an archive from a folder, without a server nor a network: its own policy forbids any request. It computes again, with
 * the browser's SHA-256, each file's fingerprint against the manifest and each act's against the one before.
 */
export function composeVerifier(facts: {
  readonly network: string;
  readonly actCount: number;
  readonly registerHash: string;
  readonly producedOn: string;
}): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>Vérifier l’archive — ${escapeHtml(facts.network)}</title>
<style>${ARCHIVE_CSS}
.bad{border-left:.4rem solid #b3261e;padding-left:1rem}.good{border-left:.4rem solid #1b6e3c;padding-left:1rem}label{display:block;font-weight:bold;margin-top:1rem}</style></head>
<body><main><h1>Vérifier l’archive du ${escapeHtml(facts.network)}</h1>
<p>Cette page travaille dans votre navigateur, sans réseau : rien n’est envoyé nulle part. Elle recalcule chaque empreinte.</p>
<p>À sa production, ${escapeHtml(facts.producedOn)}, l’archive annonçait <strong>${facts.actCount} actes</strong> et la dernière empreinte
<code id="annonce">${escapeHtml(facts.registerHash)}</code>. Comparez-la à celle qu’un autre membre a notée : une archive refaite de toutes pièces
ne peut pas avoir la même.</p>
<label for="dossier">Le dossier de l’archive, décompressé : registre et fichiers</label>
<input type="file" id="dossier" webkitdirectory multiple>
<label for="registre">Ou seulement le registre : registre.jsonl</label>
<input type="file" id="registre" accept=".jsonl">
<label for="empreinte">Empreinte notée ailleurs (facultatif)</label>
<input type="text" id="empreinte" size="66" autocomplete="off" spellcheck="false">
<div id="verdict" role="status" aria-live="polite"></div>
<noscript><p>Cette page a besoin de JavaScript. Sans lui, comparez les fichiers à SHA256SUMS (« sha256sum -c SHA256SUMS »).</p></noscript>
</main>
<script>
${SCRIPT}
</script></body></html>
`;
}

/** Written for a browser as it is: no template may stand in it. */
const SCRIPT = String.raw`"use strict";
var GENESIS = "0".repeat(64);
function canonical(value) {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("nombre");
    return String(value);
  }
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  return "{" + Object.keys(value).sort().map(function (key) { return JSON.stringify(key) + ":" + canonical(value[key]); }).join(",") + "}";
}
async function sha256(bytes) {
  var digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
}
function numberOf(act) { return act.year + "-" + String(act.number).padStart(4, "0"); }
/** @returns {ok, count, lastHash, dataSha256, sentence} */
async function verifyRegister(text) {
  var encoder = new TextEncoder();
  var lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  var previous = null, data = null;
  for (var index = 0; index < lines.length; index += 1) {
    var act;
    try { act = JSON.parse(lines[index]); } catch (fault) { act = null; }
    if (act === null || typeof act !== "object") return { ok: false, sentence: "La ligne " + (index + 1) + " du registre n’est pas un acte." };
    var sealed = { actor: act.actor, at: act.at, kind: act.kind, networkId: act.networkId, number: act.number, payload: act.payload, previousHash: act.previousHash, year: act.year };
    if (previous !== null && act.networkId !== previous.networkId) return { ok: false, sentence: "L’acte " + numberOf(act) + " vient du registre d’un autre réseau." };
    var expected = previous === null || act.year > previous.year ? 1 : previous.number + 1;
    if (previous !== null && act.year < previous.year) return { ok: false, sentence: "L’acte " + numberOf(act) + " n’est pas à sa place dans l’ordre des numéros." };
    if (act.number !== expected) return { ok: false, sentence: act.number > expected ? "L’acte " + numberOf({ year: act.year, number: expected }) + " manque : il a été retiré du registre." : "L’acte " + numberOf(act) + " n’est pas à sa place dans l’ordre des numéros." };
    var hash;
    try { hash = await sha256(encoder.encode(canonical(sealed))); } catch (fault) { hash = ""; }
    if (hash !== act.hash) return { ok: false, sentence: "L’acte " + numberOf(act) + " a été modifié après coup : son contenu ne donne plus son empreinte." };
    if (act.previousHash !== (previous === null ? GENESIS : previous.hash)) return { ok: false, sentence: "L’acte " + numberOf(act) + " ne prolonge pas l’acte précédent : l’un des deux a été remplacé." };
    if (act.kind === "archive-produced" && act.payload && act.payload.dataSha256) data = act.payload.dataSha256;
    previous = act;
  }
  return { ok: true, count: lines.length, lastHash: previous === null ? GENESIS : previous.hash, lastKind: previous === null ? "" : previous.kind, dataSha256: data };
}
function show(isGood, title, sentences) {
  var place = document.getElementById("verdict");
  place.textContent = "";
  var box = document.createElement("div");
  box.className = isGood ? "good" : "bad";
  var heading = document.createElement("h2");
  heading.textContent = title;
  box.appendChild(heading);
  sentences.slice(0, 50).forEach(function (sentence) {
    var line = document.createElement("p");
    line.textContent = sentence;
    box.appendChild(line);
  });
  if (sentences.length > 50) box.appendChild(document.createTextNode("… et " + (sentences.length - 50) + " autres."));
  place.appendChild(box);
}
function compare(report, faults) {
  var told = document.getElementById("annonce").textContent;
  var noted = document.getElementById("empreinte").value.trim().toLowerCase();
  if (report.lastHash !== told) faults.push("Le registre ne finit pas sur l’empreinte annoncée par l’archive : il a été coupé, prolongé ou remplacé.");
  if (noted !== "" && noted !== report.lastHash) faults.push("L’empreinte que vous avez notée n’est pas celle du registre : ce n’est pas la même archive.");
}
function conclude(report, faults, more) {
  if (faults.length > 0) return show(false, "Cette archive n’est pas intacte", faults);
  show(true, "Le registre est intact", [report.count + " actes vérifiés, chacun scellé à celui d’avant.", "Dernière empreinte : " + report.lastHash].concat(more));
}
async function checkRegister(file) {
  var report = await verifyRegister(await file.text());
  if (!report.ok) return show(false, "Le registre n’est pas intact", [report.sentence]);
  var faults = [];
  compare(report, faults);
  conclude(report, faults, ["Les autres fichiers n’ont pas été vérifiés : choisissez le dossier entier pour le faire."]);
}
async function checkFolder(list) {
  var files = new Map();
  Array.from(list).forEach(function (file) {
    var path = (file.webkitRelativePath || file.name).split("/").slice(1).join("/") || file.name;
    files.set(path, file);
  });
  var manifestFile = files.get("MANIFEST.json"), registerFile = files.get("registre.jsonl");
  if (!manifestFile || !registerFile) return show(false, "Ce dossier n’est pas une archive", ["Il y manque MANIFEST.json ou registre.jsonl. Choisissez le dossier décompressé, celui qui contient index.html."]);
  var manifest;
  try { manifest = JSON.parse(await manifestFile.text()); } catch (fault) { return show(false, "Le manifeste ne se lit pas", ["MANIFEST.json est abîmé."]); }
  var faults = [], done = 0;
  for (var index = 0; index < manifest.files.length; index += 1) {
    var entry = manifest.files[index], file = files.get(entry.path);
    if (!file) { faults.push("Il manque le fichier " + entry.path + "."); continue; }
    files.delete(entry.path);
    if (file.size !== entry.bytes || (await sha256(await file.arrayBuffer())) !== entry.sha256) faults.push("Le fichier " + entry.path + " a été modifié.");
    done += 1;
    if (done % 25 === 0) show(true, "Vérification en cours", [done + " fichiers sur " + manifest.files.length]);
  }
  ["MANIFEST.json", "SHA256SUMS"].forEach(function (path) { files.delete(path); });
  files.forEach(function (file, path) { if (!/(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(path)) faults.push("Le fichier " + path + " a été ajouté : il n’est pas dans le manifeste."); });
  var report = await verifyRegister(await registerFile.text());
  if (!report.ok) faults.unshift(report.sentence);
  else {
    compare(report, faults);
    var lines = manifest.tables.filter(function (table) { return table.name !== "register_entry"; }).map(function (table) { return table.name + " " + table.rows + " " + table.sha256 + "\n"; }).sort();
    var data = await sha256(new TextEncoder().encode(lines.join("")));
    if (manifest.kind === "archive" && (report.lastKind !== "archive-produced" || data !== report.dataSha256)) faults.push("Les données ne sont pas celles que le registre a scellées à la production.");
    manifest.tables.forEach(function (table) {
      var entry = manifest.files.find(function (known) { return known.path === table.path; });
      if (!entry || entry.sha256 !== table.sha256) faults.push("Le manifeste se contredit sur " + table.path + ".");
    });
  }
  conclude(report, faults, [done + " fichiers vérifiés, aucun modifié, ajouté ni retiré."].concat(manifest.kind === "archive" ? ["Les données sont celles que le dernier acte du registre a scellées."] : []));
}
function guarded(work) {
  if (!window.crypto || !crypto.subtle) return show(false, "Vérification impossible", ["Ce navigateur ne calcule pas SHA-256 pour une page ouverte du disque. Essayez avec Firefox, Chrome ou Edge, à jour."]);
  show(true, "Vérification en cours", ["Un instant…"]);
  work().catch(function () { show(false, "Vérification interrompue", ["Un fichier ne se lit pas. Décompressez l’archive de nouveau, puis recommencez."]); });
}
document.getElementById("registre").addEventListener("change", function (event) {
  var file = event.target.files[0];
  if (file) guarded(function () { return checkRegister(file); });
});
document.getElementById("dossier").addEventListener("change", function (event) {
  var files = event.target.files;
  if (files.length > 0) guarded(function () { return checkFolder(files); });
});`;
