import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { FACT_SOURCES } from "~/domain/agreement/clause";
import { ACT_WORDS, CLAUSE_KIND_LABELS, FACT_LABELS } from "~/documents/agreement-words";
import { keyFor, readClauseRule } from "~/features/agreements/clause-form";
import { amendedArticles, changeDraft, replaceClause } from "~/features/agreements/encode.server";
import { CLAUSE_FORM_KINDS, clauseSchema, parseForm } from "~/features/agreements/form";
import { draftMessage, replaceMessage } from "~/features/agreements/messages.fr";
import { listAgreements } from "~/services/agreement-record.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Ajouter une clause" }];

type Kind = (typeof CLAUSE_FORM_KINDS)[number];

const HINTS: Record<Kind, string> = {
  duration: "combien de temps la convention court, et si elle se reconduit",
  deadline: "quelque chose à faire tant de temps avant la fin",
  "lead-time": "prévenir tant de temps avant un événement",
  notice: "mise en demeure, dénonciation, force majeure",
  frequency: "tant de fois par an",
  every: "tous les tant de mois",
  monthly: "tant par mois ou par trimestre, sauf certains mois",
  after: "à faire une fois qu’autre chose a eu lieu",
  gate: "un acte possible seulement après autre chose",
  prohibition: "un acte que le texte interdit",
  composition: "qui doit être présent",
  unanimity: "l’accord de tous",
  fallback: "ce qui remplace, si ce n’est pas possible",
  standing: "ce qui vaut en tout temps, sans date",
};

const NAMES: Record<Kind, string> = {
  ...CLAUSE_KIND_LABELS,
  frequency: "Rythme : tant de fois par an",
  every: "Rythme : tous les tant de mois",
  monthly: "Rythme : mensuel ou trimestriel",
};

async function requireDraft(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const opened = await openMemberPage(args, "agreement.record");
  const id = requireParam(args.params, "id");
  const agreements = await listAgreements(opened.command.db, opened.network.id, today(systemClock));
  const agreement = agreements.find((one) => one.id === id);
  const asked = new URL(args.request.url).searchParams.get("clause");
  const clause = agreement?.original.clauses.find(({ key }) => key === asked) ?? null;
  if (!agreement || (agreement.signedOn === null) !== (clause === null)) throw notFound();
  if (clause !== null && !amendedArticles(agreement).includes(clause.article)) throw notFound();
  return { ...opened, agreement, clause };
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, agreement, clause } = await requireDraft(args);
  const asked = new URL(args.request.url).searchParams.get("nature");
  return {
    page: `/reseaux/${network.slug}/conventions/${agreement.id}`,
    title: agreement.title,
    revision: agreement.revision,
    kind: CLAUSE_FORM_KINDS.find((kind) => kind === (clause?.rule.kind ?? asked)) ?? null,
    clause: clause && { article: clause.article, title: clause.title, sentence: clause.sentence },
    articles: agreement.content.articles
      .filter(({ number }) => clause === null || number === clause.article)
      .map(({ number, title }) => ({ number, title })),
    rhythms: agreement.original.clauses
      .filter(({ rule }) => rule.kind === "frequency")
      .map(({ key, title }) => ({ value: key, label: title })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command, agreement, clause } = await requireDraft(args);
  const form = await args.request.formData();
  const typed = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const refused = (message: string, status: 400 | 409) => data({ message, typed }, { status });
  const submission = parseForm(form, clauseSchema);
  if (submission.status !== "success")
    return refused(
      Object.values(submission.error ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  const read = readClauseRule(submission.value);
  if ("missing" in read) return refused(read.missing, 400);
  const { article, title, sentence, revision } = submission.value;
  if (clause !== null) {
    const replaced = await replaceClause(command, agreement.id, {
      key: clause.key,
      article,
      title,
      sentence,
      rule: read.rule,
    });
    if (!replaced.ok) return refused(replaceMessage(replaced.refusal), 409);
    return redirect(`/reseaux/${network.slug}/conventions/${agreement.id}?fait=clause`, 303);
  }
  const { clauses } = agreement.original;
  const key = keyFor(
    title,
    clauses.map((one) => one.key),
  );
  const decision = await changeDraft(command, agreement.id, {
    ...{
      revision,
      title: agreement.title,
      note: agreement.noteMd,
      effectOn: agreement.effectOn,
      place: agreement.place,
    },
    content: { ...agreement.original, clauses: [...clauses, { key, article, title, sentence, rule: read.rule }] },
    parties: agreement.parties.map(({ id: _id, leftOn: _leftOn, ...party }) => party),
  });
  if (!decision.ok) return refused(draftMessage(decision.refusal), 409);
  return redirect(`/reseaux/${network.slug}/conventions/${agreement.id}/modifier?fait=modifiee`, 303);
}

export default function ClausePage() {
  const { page, title, kind, revision, articles, rhythms, clause } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const typed: Typed = answered?.typed ?? clause ?? {};
  const crumbs = [{ label: title, to: clause === null ? `${page}/modifier` : page }];
  if (kind === null)
    return (
      <Page
        title="Ajouter une clause"
        lead="Que fait cette clause ? Le portail calcule et suit ce qui en découle."
        crumbs={crumbs}
      >
        <ul>
          {CLAUSE_FORM_KINDS.map((one) => (
            <li key={one}>
              <Link to={`?nature=${one}`}>{NAMES[one]}</Link> : {HINTS[one]}
            </li>
          ))}
        </ul>
      </Page>
    );
  return (
    <Page
      title={
        clause === null
          ? `Ajouter une clause : ${NAMES[kind]}`
          : `Mettre la clause en accord avec l’avenant : ${clause.title}`
      }
      lead={HINTS[kind]}
      crumbs={crumbs}
    >
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.message}</p>
        </Notice>
      )}
      <Form method="post">
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="revision" value={revision} />
        <Choice
          name="article"
          label="Article"
          typed={typed}
          options={articles.map((one) => ({ value: one.number, label: `${one.number} — ${one.title}` }))}
        />
        <Line name="title" label="Titre court" typed={typed} />
        <Field name="sentence" label="La clause, en une phrase">
          <textarea id="clause-sentence" name="sentence" rows={3} defaultValue={typed["sentence"]} />
        </Field>
        <KindFields kind={kind} typed={typed} rhythms={rhythms} />
        <Button>{clause === null ? "Ajouter la clause" : "Enregistrer la clause"}</Button>
      </Form>
    </Page>
  );
}

type Typed = Readonly<Record<string, string>>;
type Options = readonly { readonly value: string; readonly label: string }[];

const FACTS: Options = FACT_SOURCES.map((value) => ({ value, label: FACT_LABELS[value] }));
const UNITS: Options = [
  { value: "months", label: "mois" },
  { value: "days", label: "jours" },
];
const ACTS: Options = (
  [
    "engage-expense",
    "issue-call",
    "renew",
    "change-article",
    "pay-between-parties",
    "book-resource",
    "decide",
    "hold-session",
    "name-people",
  ] as const
).map((value) => ({ value, label: ACT_WORDS[value] }));

function KindFields({
  kind,
  typed,
  rhythms,
}: {
  readonly kind: Kind;
  readonly typed: Typed;
  readonly rhythms: Options;
}) {
  const proof = <Choice name="fact" label="Ce qui la prouve" typed={typed} options={FACTS} initial="note" />;
  const count = (label: string) => <Line name="count" label={label} typed={typed} numeric />;
  const unit = <Choice name="unit" label="Unité" typed={typed} options={UNITS} />;
  const without = (label: string) => <Line name="without" label={label} typed={typed} />;
  switch (kind) {
    case "duration":
      return (
        <>
          <Line name="months" label="Durée, en mois" typed={typed} numeric />
          <Line name="until" label="Ou dernier jour écrit dans le texte" typed={typed} type="date" />
          <Choice
            name="renewal"
            label="Reconduction tacite"
            typed={typed}
            options={[
              { value: "none", label: "Aucune" },
              { value: "unsaid", label: "Oui, sans dire pour combien de temps (Code civil, articles 1214 et 1215)" },
              { value: "same", label: "Oui, chaque fois pour la même durée" },
              { value: "other", label: "Oui, pour une autre durée" },
            ]}
          />
          <Line
            name="renewalMonths"
            label="Durée de chaque reconduction, en mois (si elle est autre)"
            typed={typed}
            numeric
          />
          <Line name="most" label="Nombre maximal de reconductions (vide : sans limite)" typed={typed} numeric />
        </>
      );
    case "deadline":
      return (
        <>
          {count("Combien de temps avant le dernier jour (0 : ce jour même)")}
          {unit}
          {proof}
          <Line
            name="alarms"
            label="Rappels, en jours avant le dernier jour (par exemple 270, 210, 180)"
            typed={typed}
          />
        </>
      );
    case "lead-time":
      return (
        <>
          {count("Délai (vide : « suffisant », sans chiffre)")}
          {unit}
          <Line name="event" label="Avant quoi" typed={typed} />
        </>
      );
    case "notice":
      return (
        <>
          <Choice
            name="purpose"
            label="Ce que le courrier fait"
            typed={typed}
            options={[
              { value: "denunciation", label: "Dénonciation" },
              { value: "breach", label: "Mise en demeure pour manquement" },
              { value: "force-majeure", label: "Force majeure" },
              { value: "dissolution", label: "Dissolution d’une structure" },
            ]}
          />
          <Choice
            name="lengthKind"
            label="Délai"
            typed={typed}
            options={[
              { value: "fixed", label: "Chiffré, ci-dessous" },
              { value: "reasonable", label: "« Raisonnable », sans chiffre" },
              { value: "none", label: "Aucun délai écrit" },
            ]}
          />
          {count("Durée du préavis")}
          {unit}
          <Choice
            name="from"
            label="Compté"
            typed={typed}
            options={[
              { value: "sending", label: "Depuis l’envoi" },
              { value: "receipt", label: "Depuis la réception" },
              { value: "end-of-month", label: "Jusqu’à une fin de mois" },
              { value: "unspecified", label: "Le texte ne le dit pas" },
            ]}
          />
          <Choice
            name="form"
            label="Forme"
            typed={typed}
            options={[
              { value: "registered-letter", label: "Lettre recommandée" },
              { value: "letter-with-receipt", label: "Courrier avec accusé de réception" },
              { value: "free", label: "Libre" },
            ]}
          />
          <div className="field">
            <label className="choice">
              <input type="checkbox" name="curable" value="on" />
              <span>Réparer le manquement avant la fin l’arrête</span>
            </label>
          </div>
        </>
      );
    case "frequency":
      return (
        <>
          {count("Nombre de fois")}
          <Choice
            name="per"
            label="Par"
            typed={typed}
            options={[
              { value: "civil-year", label: "année civile" },
              { value: "agreement-year", label: "année de convention" },
            ]}
          />
          {proof}
        </>
      );
    case "every":
      return (
        <>
          <Line name="months" label="Tous les combien de mois" typed={typed} numeric />
          {proof}
        </>
      );
    case "monthly":
      return (
        <>
          {count("Nombre de fois")}
          <Choice
            name="everyMonths"
            label="Par"
            typed={typed}
            options={[
              { value: "1", label: "mois" },
              { value: "3", label: "trimestre" },
            ]}
          />
          {without("Sauf ces mois, en chiffres (par exemple 7, 8)")}
          {proof}
        </>
      );
    case "after":
      return (
        <>
          <Choice name="trigger" label="Après" typed={typed} options={FACTS} initial="annual-day" />
          {proof}
        </>
      );
    case "gate":
      return (
        <>
          <Choice name="act" label="Acte" typed={typed} options={ACTS} />
          <Choice name="fact" label="Possible seulement après" typed={typed} options={FACTS} initial="bilan" />
        </>
      );
    case "prohibition":
      return (
        <>
          <Choice name="act" label="Acte interdit" typed={typed} options={ACTS} />
          <Line
            name="protectedArticle"
            label="Article protégé (pour « modifier un article » ; vide : tous)"
            typed={typed}
          />
          {without("Seulement ces mois, en chiffres (vide : toujours)")}
        </>
      );
    case "composition":
      return (
        <>
          <Choice
            name="of"
            label="À quelle rencontre"
            typed={typed}
            options={[{ value: "", label: "Au comité" }, ...rhythms]}
          />
          <Choice
            name="at"
            label="Quand"
            typed={typed}
            options={[
              { value: "each", label: "À chaque fois" },
              { value: "one", label: "À l’une d’elles au moins" },
            ]}
          />
          <Field name="groups" label="Groupes qui doivent être là, un par ligne">
            <textarea id="clause-groups" name="groups" rows={4} defaultValue={typed["groups"]} />
          </Field>
        </>
      );
    case "unanimity":
      return (
        <>
          <Choice
            name="unanimityOf"
            label="Accord de"
            typed={typed}
            options={[
              { value: "boards", label: "tous les conseils" },
              { value: "parties", label: "toutes les parties" },
            ]}
          />
          <Choice
            name="unanimityAct"
            label="Pour"
            typed={typed}
            options={[
              { value: "amendment", label: "un avenant" },
              { value: "termination", label: "mettre fin à la convention" },
            ]}
          />
        </>
      );
    case "fallback":
      return (
        <>
          <Line name="first" label="D’abord" typed={typed} />
          <Line name="then" label="À défaut" typed={typed} />
        </>
      );
    case "standing":
      return null;
  }
}

type FieldProps = { readonly name: string; readonly label: string; readonly children: ReactNode };

function Field({ name, label, children }: FieldProps) {
  return (
    <div className="field">
      <label htmlFor={`clause-${name}`}>{label}</label>
      {children}
    </div>
  );
}

type LineProps = {
  readonly name: string;
  readonly label: string;
  readonly typed: Typed;
  readonly type?: string;
  readonly numeric?: boolean;
};

function Line({ name, label, typed, type = "text", numeric = false }: LineProps) {
  return (
    <Field name={name} label={label}>
      <input
        id={`clause-${name}`}
        name={name}
        type={type}
        defaultValue={typed[name]}
        autoComplete="off"
        {...(numeric ? { inputMode: "numeric" as const } : {})}
        {...(numeric || type === "date" ? { "data-width": "short" } : {})}
      />
    </Field>
  );
}

type ChoiceProps = {
  readonly name: string;
  readonly label: string;
  readonly typed: Typed;
  readonly options: Options;
  readonly initial?: string;
};

function Choice({ name, label, typed, options, initial }: ChoiceProps) {
  return (
    <Field name={name} label={label}>
      <select id={`clause-${name}`} name={name} defaultValue={typed[name] ?? initial ?? options[0]?.value}>
        {options.map(({ value, label: word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}
