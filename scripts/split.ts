import { composeProofCsv, composeProofSheet, composeProofText } from "../app/documents/proof-sheet";
import { formatCents } from "../app/documents/french";
import {
  apportion,
  checkWeights,
  type TypedWeight,
  type WeightRefusal,
} from "../app/domain/apportionment/split-by-weight";
import { parseEuros, type AmountRefusal, type Cents } from "../app/domain/kernel/money";

const HELP = `npm run --silent repartition -- --total MONTANT --poids NOM=POIDS,NOM=POIDS,… [--format texte|csv|json]

Répartit un montant au prorata de poids entiers, au centime, au plus fort reste ; à restes égaux, par identifiant croissant.

  --total    montant en euros : « 4000,00 », « 12,5 », « 1 234,56 € » ; négatif pour un avoir
  --poids    un poids entier, positif ou nul, par membre : blain=10376,bouvron=3153
  --format   texte (par défaut) : la feuille de preuve ; csv : la même en tableau ; json : { "totalCents", "shares" }

« --silent » retire les lignes que npm écrit lui-même sur la sortie. Toute erreur est dite sur la sortie d’erreur, code 1.

Exemple : npm run --silent repartition -- --total 4000,00 --poids blain=10376,bouvron=3153 --format json`;

/** Something that the person who typed the command can put right. */
class UsageError extends Error {}

const FORMATS = ["texte", "csv", "json"] as const;
type Format = (typeof FORMATS)[number];

const AMOUNT_MESSAGES: Record<AmountRefusal, string> = {
  "amount-empty": "le montant manque",
  "amount-malformed": "ce n’est pas un montant en euros (exemples : 4000,00 ; 12,5 ; 1 234,56 €)",
  "amount-too-precise": "un montant a deux décimales au plus",
  "amount-too-large": "le montant dépasse un milliard d’euros",
};

function weightMessage(refusal: WeightRefusal): string {
  switch (refusal.kind) {
    case "no-member":
      return "aucun poids n’est donné";
    case "all-weights-zero":
      return "tous les poids sont nuls : il n’y a personne entre qui répartir";
    case "weight-missing":
      return `le poids de « ${refusal.id} » manque ou n’est pas un nombre`;
    case "weight-negative":
      return `le poids de « ${refusal.id} » est négatif`;
    case "weight-fractional":
      return `le poids de « ${refusal.id} » n’est pas entier`;
    case "weight-too-large":
      return `le poids de « ${refusal.id} » dépasse ${Number.MAX_SAFE_INTEGER}`;
    case "member-given-twice":
      return `« ${refusal.id} » est donné deux fois`;
  }
}

/** Options as « --nom valeur » or « --nom=valeur ». */
function readOptions(words: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const [, name = "", attached] = /^--(total|poids|format)(?:=(.*))?$/s.exec(words[at] ?? "") ?? [];
    if (name === "") throw new UsageError(`option inconnue : « ${words[at] ?? ""} »`);
    if (options.has(name)) throw new UsageError(`--${name} est donné deux fois`);
    const value = attached ?? words[++at];
    if (value === undefined) throw new UsageError(`--${name} attend une valeur`);
    options.set(name, value);
  }
  return options;
}

function readFormat(text: string): Format {
  const format = FORMATS.find((each) => each === text);
  if (format === undefined) throw new UsageError(`--format : « ${text} » n’est ni texte, ni csv, ni json`);
  return format;
}

function readTotal(text: string | undefined): Cents {
  if (text === undefined) throw new UsageError("--total manque");
  const total = parseEuros(text);
  if (!total.ok) throw new UsageError(`--total « ${text} » : ${AMOUNT_MESSAGES[total.refusal]}`);
  return total.value;
}

function readWeight(entry: string): TypedWeight {
  const [, id = "", typed = ""] = /^([^=]*)=(.*)$/s.exec(entry) ?? [];
  if (id.trim() === "") {
    throw new UsageError(
      `--poids : « ${entry.trim()} » n’est pas de la forme nom=poids ; un poids est un nombre entier`,
    );
  }
  const digits = typed.replace(/\s/g, "").replace(/^\u2212/, "-");
  return { id: id.trim(), weight: /^[+-]?\d+(\.\d+)?$/.test(digits) ? Number(digits) : null };
}

function readWeights(text: string | undefined): ReturnType<typeof checkWeights> {
  if (text === undefined || text.trim() === "")
    throw new UsageError("--poids manque : --poids blain=10376,bouvron=3153");
  return checkWeights(text.split(",").map(readWeight));
}

function run(words: readonly string[]): string {
  const options = readOptions(words);
  const format = readFormat(options.get("format") ?? "texte");
  const total = readTotal(options.get("total"));
  const weights = readWeights(options.get("poids"));
  if (!weights.ok) throw new UsageError(`--poids : ${weights.refusal.map(weightMessage).join(" ; ")}`);
  const apportionment = apportion(total, weights.value);
  if (format === "json") {
    const shares = apportionment.shares.map(({ id, weight, cents, ...reasoning }) => ({
      id,
      weight,
      cents,
      ...reasoning,
    }));
    return `${JSON.stringify({ totalCents: total, shares }, null, 2)}\n`;
  }
  const sheet = composeProofSheet({
    title: `Répartition de ${formatCents(total)}`,
    sources: ["Poids donnés à la ligne de commande."],
    weightName: "poids",
    labels: new Map(),
    apportionment,
  });
  return format === "csv" ? composeProofCsv(sheet) : composeProofText(sheet);
}

try {
  const words = process.argv.slice(2);
  process.stdout.write(words.includes("--aide") ? `${HELP}\n` : run(words));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`Erreur : ${error.message}.\nAide : npm run repartition -- --aide\n`);
  process.exitCode = 1;
}
