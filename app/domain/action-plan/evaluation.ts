import { grant, refuse, type Decision } from "../kernel/decision";

export type Criterion = {
  readonly key: string;
  readonly label: string;
  /** What is asked to whoever evaluates. */
  readonly question: string;
  /** The clause that asks for it; empty when the network added it. */
  readonly source: string;
};

/** How the network evaluates, as the committee adopted it. Source: Convention, art. 7 (conditions settled in common). */
export type ProtocolContent = {
  readonly method: string;
  readonly criteria: readonly Criterion[];
};

/** From 1 to 4: no middle where everything would go. */
export const SCORES = [1, 2, 3, 4] as const;
export type Score = (typeof SCORES)[number];

/** A criterion is told in words of some substance: a dozen characters at least. */
export const SHORTEST_NARRATIVE = 12;

export type ProtocolModel = "social-actors" | "local-protocol" | "departmental-framework";

const ask = (key: string, label: string, question: string, source: string): Criterion => ({
  key,
  label,
  question,
  source,
});

/** What each text asks to be evaluated, restated. Sources: Convention, art. 7; Protocole local de Sceaux, art. 5; Convention-cadre Nord, V. */
export const PROTOCOL_MODELS: Record<ProtocolModel, readonly Criterion[]> = {
  "social-actors": [
    ask(
      "objet",
      "Conformité à l’objet",
      "Les résultats répondent-ils à l’objet de la convention ?",
      "Convention, art. 7 et 1",
    ),
    ask(
      "programme",
      "Conformité au programme",
      "Les résultats répondent-ils au programme d’actions ?",
      "Convention, art. 7 et 2",
    ),
    ask("utilite", "Utilité sociale", "Quel est l’effet des actions pour les habitants ?", "Convention, art. 7"),
    ask(
      "interet",
      "Intérêt général",
      "Quel est l’effet des actions au regard de l’intérêt général ?",
      "Convention, art. 7",
    ),
    ask("suite", "Suite de la convention", "Faut-il conclure une nouvelle convention ?", "Convention, art. 7"),
  ],
  "local-protocol": [
    ask(
      "processus",
      "Processus",
      "Ce qui devait faciliter le partenariat a-t-il été mis en œuvre ?",
      "Protocole, art. 5",
    ),
    ask(
      "diagnostics",
      "Diagnostics partagés",
      "Les diagnostics sont-ils partagés dans les faits ?",
      "Protocole, art. 5",
    ),
    ask("coherence", "Cohérence", "Les services proposés sont-ils cohérents et complémentaires ?", "Protocole, art. 5"),
    ask("usagers", "Service rendu", "Quels sont les effets sur le service rendu aux usagers ?", "Protocole, art. 5"),
  ],
  "departmental-framework": [
    ask(
      "objectifs",
      "Objectifs du plan annuel",
      "Les objectifs du plan d’actions sont-ils atteints ?",
      "Convention-cadre, V",
    ),
    ask(
      "cooperations",
      "Coopérations locales",
      "Quelles formes de collaboration sont apparues ?",
      "Convention-cadre, V",
    ),
    ask(
      "valorisation",
      "Valorisation",
      "Les initiatives ont-elles été valorisées, et comment ?",
      "Convention-cadre, V",
    ),
  ],
};

export type ProtocolFault = "no-criterion" | "criterion-without-label" | "criterion-given-twice" | "too-many-criteria";

export function checkProtocol({ criteria }: ProtocolContent): readonly ProtocolFault[] {
  const faults: ProtocolFault[] = [];
  if (criteria.length === 0) faults.push("no-criterion");
  if (criteria.length > 30) faults.push("too-many-criteria");
  if (criteria.some(({ label }) => label.trim() === "")) faults.push("criterion-without-label");
  const labels = criteria.map(({ label }) => label.trim().toLowerCase());
  if (new Set(labels).size !== labels.length) faults.push("criterion-given-twice");
  return faults;
}

export type CriterionEntry = {
  readonly criterionKey: string;
  readonly score: Score;
  readonly narrative: string;
};

export type ScoreRefusal = "criterion-unknown" | "narrative-missing" | "narrative-too-long" | "report-closed";

/** A score never stands alone: it is told in words. */
export function checkScore(
  entry: CriterionEntry,
  { criteria, isClosed }: { readonly criteria: readonly Criterion[]; readonly isClosed: boolean },
): Decision<CriterionEntry, ScoreRefusal> {
  if (isClosed) return refuse("report-closed");
  if (!criteria.some(({ key }) => key === entry.criterionKey)) return refuse("criterion-unknown");
  if (entry.narrative.trim().length < SHORTEST_NARRATIVE) return refuse("narrative-missing");
  return entry.narrative.length > 4_000 ? refuse("narrative-too-long") : grant(entry);
}

export type CloseReportRefusal =
  | { readonly kind: "already-closed" | "protocol-not-adopted" | "no-plan" }
  | { readonly kind: "criteria-empty"; readonly labels: readonly string[] };

/**
 * A report closes once every criterion of the adopted protocol is scored and told in words; none may stay empty.
 * @param entries the last of each criterion, or all of them in order
 * Source: Convention, art. 7.
 */
export function closeReport(facts: {
  readonly isClosed: boolean;
  readonly isProtocolAdopted: boolean;
  readonly criteria: readonly Criterion[];
  readonly entries: readonly CriterionEntry[];
}): Decision<ReadonlyMap<string, CriterionEntry>, CloseReportRefusal> {
  if (facts.isClosed) return refuse({ kind: "already-closed" });
  if (!facts.isProtocolAdopted) return refuse({ kind: "protocol-not-adopted" });
  const last = lastScores(facts.entries);
  const empty = facts.criteria.filter(({ key }) => (last.get(key)?.narrative ?? "").trim().length < SHORTEST_NARRATIVE);
  if (empty.length > 0 || facts.criteria.length === 0)
    return refuse({
      kind: "criteria-empty",
      labels: empty.map(({ label }) => label),
    });
  return grant(last);
}

/** The last entry of each criterion, whatever came before. @param entries in order of recording */
export function lastScores<Entry extends CriterionEntry>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.criterionKey, entry]));
}
