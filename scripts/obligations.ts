import { existsSync } from "node:fs";
import { listMilestones, listObligations } from "../app/domain/agreement/obligations";
import { durationOf } from "../app/domain/agreement/clause";
import { assessTerm } from "../app/domain/agreement/terms";
import type { NetworkId } from "../app/domain/kernel/ids";
import { parsePlainDate, type PlainDate } from "../app/domain/kernel/plain-date";
import {
  articleWords,
  explainStanding,
  milestoneWords,
  OBLIGATION_STATES,
  obligationWords,
} from "../app/documents/agreement-words";
import { formatDate } from "../app/documents/french";
import { composeObligations, tellLetters, type ToldAgreement } from "../app/documents/obligations";
import { followAgreements } from "../app/features/agreements/obligations.server";
import { findAgreementModel, listAgreementModels } from "../app/services/agreement-models.server";
import { systemClock, today } from "../app/services/clock.server";
import { databasePath, listPendingMigrations, openDatabase } from "../app/services/db.server";
import { getEnv } from "../app/services/env.server";

const HELP = `npm run --silent obligations -- (--reseau ADRESSE | --texte NOM) [--date AAAA-MM-JJ] [--format texte|json]

Dit ce qu’une convention demande un jour donné : obligations en retard, à faire et tenues, échéances qui viennent,
et où mènerait un courrier (dénonciation, mise en demeure) envoyé et reçu ce jour.

  --reseau   l’adresse d’un réseau de la base (DATA_DIR), par exemple blain ; sans base, le texte livré du même nom
  --texte    un texte livré, sans base : ${listAgreementModels()
    .map(({ key }) => key)
    .join(", ")}
  --date     le jour (aujourd’hui par défaut)
  --format   texte (par défaut) ou json

« --silent » retire les lignes que npm écrit lui-même. Toute erreur est dite sur la sortie d’erreur, code 1.

Exemple : npm run --silent obligations -- --reseau blain --date 2016-03-10 --format json`;

/** Something that the person who typed the command can put right. */
class UsageError extends Error {}

function readOptions(words: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const [, name = "", attached] = /^--(reseau|texte|date|format)(?:=(.*))?$/s.exec(words[at] ?? "") ?? [];
    if (name === "") throw new UsageError(`option inconnue : « ${words[at] ?? ""} »`);
    if (options.has(name)) throw new UsageError(`--${name} est donné deux fois`);
    const value = attached ?? words[++at];
    if (value === undefined) throw new UsageError(`--${name} attend une valeur`);
    options.set(name, value);
  }
  return options;
}

function tellModel(key: string, on: PlainDate): readonly ToldAgreement[] {
  const model = findAgreementModel(key);
  if (!model) throw new UsageError(`aucun texte livré ne s’appelle « ${key} »`);
  const duration = durationOf(model.clauses);
  if (!duration) throw new Error(`The model ${key} has no duration`);
  const effectOn = model.effectOn as PlainDate;
  const standing = assessTerm(duration, effectOn, on);
  const scene = { clauses: model.clauses, startsOn: effectOn, standing, knownSince: on };
  const obligations = listObligations(scene, [], on);
  return [
    {
      ...{ id: null, title: model.title, clauses: model.clauses, effectOn, standing, reasoning: explainStanding(duration, effectOn, standing) },
      ...{ obligations, milestones: listMilestones(scene, obligations, on) },
    },
  ];
}

async function tellNetwork(slug: string, on: PlainDate): Promise<readonly ToldAgreement[]> {
  const path = databasePath(getEnv().dataDir);
  if (!existsSync(path)) {
    if (findAgreementModel(slug)) return tellModel(slug, on);
    throw new UsageError(`pas de base à ${path}, et aucun texte livré ne s’appelle « ${slug} »`);
  }
  const db = openDatabase(path);
  try {
    if ((await listPendingMigrations(db)).length > 0)
      throw new UsageError("la base n’est pas à jour : lancez « npm run migrer »");
    const network = await db.selectFrom("network").select(["id", "slug"]).where("slug", "=", slug).executeTakeFirst();
    if (!network) throw new UsageError(`aucun réseau n’a l’adresse « ${slug} »`);
    const followed = await followAgreements(db, { id: network.id as NetworkId, slug }, on);
    if (followed.length === 0)
      throw new UsageError(`le réseau « ${slug} » n’avait pas de convention le ${formatDate(on)}`);
    return followed.flatMap(({ agreement, obligations, milestones }) =>
      agreement.duration && agreement.standing
        ? [
            {
              ...{
                id: agreement.id,
                title: agreement.title,
                clauses: agreement.content.clauses,
                effectOn: agreement.effectOn,
                standing: agreement.standing,
              },
              reasoning: explainStanding(agreement.duration, agreement.effectOn, agreement.standing),
              ...{ obligations, milestones },
            },
          ]
        : [],
    );
  } finally {
    await db.destroy();
  }
}

function printText(told: readonly ToldAgreement[], on: PlainDate): void {
  for (const { title, clauses, reasoning, obligations, milestones } of told) {
    console.log(`${title}, le ${formatDate(on)}\n`);
    for (const sentence of reasoning) console.log(`  ${sentence}`);
    console.log("\nObligations");
    for (const obligation of obligations) {
      const { state, article, title: name, proofs } = obligation;
      console.log(
        `  ${OBLIGATION_STATES[state].padEnd(9)} ${articleWords(article)}  ${name} : ${obligationWords(obligation)}`,
      );
      for (const { label } of proofs) console.log(`            - ${label}`);
    }
    console.log("\nÉchéances");
    for (const milestone of milestones) console.log(`  ${milestone.on}  ${milestoneWords(milestone)}`);
    console.log("\nCourrier envoyé et reçu ce jour");
    for (const { nature, article, raisonnement } of tellLetters(clauses, on))
      console.log(`  ${nature}, ${articleWords(article)} : ${raisonnement.join(" ")}`);
    console.log("");
  }
}

async function run(words: readonly string[]): Promise<void> {
  const options = readOptions(words);
  const [slug, text] = [options.get("reseau"), options.get("texte")];
  if ((slug === undefined) === (text === undefined)) throw new UsageError("donnez --reseau ou --texte, l’un des deux");
  const typed = options.get("date");
  const on = typed === undefined ? today(systemClock) : parsePlainDate(typed);
  if (on === null) throw new UsageError(`--date : « ${typed ?? ""} » n’est pas un jour du calendrier (AAAA-MM-JJ)`);
  const format = options.get("format") ?? "texte";
  if (format !== "texte" && format !== "json") throw new UsageError(`--format : « ${format} » n’est ni texte ni json`);
  const told = slug === undefined ? tellModel(text ?? "", on) : await tellNetwork(slug, on);
  if (format === "json") console.log(JSON.stringify(composeObligations(slug ?? text ?? "", on, told), null, 2));
  else printText(told, on);
}

const words = process.argv.slice(2);
if (words.includes("--aide")) console.log(HELP);
else
  try {
    await run(words);
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    console.error(`${fault.message}\nPour l’aide : npm run obligations -- --aide`);
    process.exitCode = 1;
  }
