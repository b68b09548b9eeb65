import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { clausesOf } from "~/domain/agreement/clause";
import {
  addLength,
  assessCommonAgreement,
  computeAppealDeadline,
  computeNotice,
  type Length,
} from "~/domain/agreement/notice";
import { parsePlainDate, type PlainDate } from "~/domain/kernel/plain-date";
import {
  articleWords,
  explainAppeal,
  explainNotice,
  lengthWords,
  PURPOSE_LABELS,
  ruleWords,
} from "~/documents/agreement-words";
import { enumerate, formatDate, formatLongDate, NBSP } from "~/documents/french";
import { noticeMessage } from "~/features/agreements/messages.fr";
import { agreementsToFollow, listAgreements } from "~/services/agreement-record.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { Button } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Calculs de dates" }];

const WRONG = "Donnez une date du calendrier.";

function dateIn(query: URLSearchParams, name: string): PlainDate | null {
  return parsePlainDate(query.get(name) ?? "");
}

/** Nothing is recorded here: the question and its answer stand in the address. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.read");
  const query = new URL(args.request.url).searchParams;
  const agreements = agreementsToFollow(await listAgreements(command.db, network.id, today(systemClock)));
  const clauses = agreements.flatMap(({ id, content }) =>
    clausesOf(content.clauses, "notice").map((clause) => ({ ...clause, id: `${id}.${clause.key}` })),
  );
  const parties = agreements.flatMap(({ parties: all }) =>
    all.filter(({ leftOn }) => leftOn === null).map(({ id, label }) => ({ id, label })),
  );
  const leadTimes = agreements.flatMap(({ content }) => clausesOf(content.clauses, "lead-time"));
  const notice = ((): readonly string[] | null => {
    if (!query.has("clause")) return null;
    const clause = clauses.find(({ id }) => id === query.get("clause"));
    const sentOn = dateIn(query, "envoi");
    if (!clause) return ["Choisissez la clause."];
    if (sentOn === null) return [WRONG];
    const many = Number(query.get("nombre"));
    const deemed: Length | null =
      Number.isInteger(many) && many > 0 && many <= 60
        ? { count: many, unit: query.get("unite") === "jours" ? "days" : "months" }
        : null;
    const curedOn = dateIn(query, "reparation");
    const answer = computeNotice(clause.rule.notice, { sentOn, receivedOn: dateIn(query, "reception"), deemed });
    if (!answer.ok) return [noticeMessage(answer.refusal)];
    const endsOn = answer.value.retained?.endsOn ?? null;
    const cure =
      !clause.rule.curable || curedOn === null || endsOn === null
        ? []
        : [
            curedOn <= endsOn
              ? `Manquement réparé le ${formatDate(curedOn)}, avant la fin du préavis${NBSP}: la convention continue.`
              : `Manquement réparé le ${formatDate(curedOn)}, après la fin du préavis${NBSP}: la convention avait pris fin le ${formatDate(endsOn)}.`,
          ];
    const stop =
      clause.rule.curable && curedOn === null
        ? ["Réparer le manquement jusqu’à ce jour compris arrête la résiliation."]
        : [];
    return [
      `${PURPOSE_LABELS[clause.rule.purpose] ?? ""}, ${articleWords(clause.article)}${NBSP}: ${clause.sentence}`,
      ...explainNotice(answer.value),
      ...stop,
      ...cure,
    ];
  })();
  const appeal = ((): readonly string[] | null => {
    if (!query.has("publication")) return null;
    const publishedOn = dateIn(query, "publication");
    const months = Number(query.get("mois"));
    if (publishedOn === null) return [WRONG];
    if (!Number.isInteger(months) || months < 1 || months > 24) return ["Donnez un délai de 1 à 24 mois."];
    return explainAppeal(publishedOn, months, computeAppealDeadline(publishedOn, months));
  })();
  const common = ((): readonly string[] | null => {
    if (!query.has("accord")) return null;
    const consents = parties.map(({ id, label }) => ({ party: label, on: dateIn(query, `p-${id}`) }));
    const { endsOn, missing } = assessCommonAgreement(consents, dateIn(query, "fin"));
    return endsOn === null
      ? [`Un commun accord demande celui de toutes les parties. Il manque${NBSP}: ${enumerate(missing)}.`]
      : [
          `Toutes les parties ont consenti${NBSP}: dernier jour le ${formatLongDate(endsOn)}, jour choisi ou jour du dernier accord, le plus tardif des deux.`,
        ];
  })();
  const lead = ((): readonly string[] | null => {
    if (!query.has("evenement")) return null;
    const on = dateIn(query, "evenement");
    if (on === null) return [WRONG];
    return leadTimes.flatMap(({ rule, article }) =>
      rule.length === "sufficient"
        ? [
            `${articleWords(article)}${NBSP}: le texte demande de prévenir assez tôt avant ${rule.event}, sans chiffrer le délai.`,
          ]
        : [
            `${articleWords(article)}${NBSP}: ${lengthWords(rule.length)} avant ${rule.event}${NBSP}: prévenir au plus tard le ${formatLongDate(addLength(on, { count: -rule.length.count, unit: rule.length.unit }))}.`,
          ],
    );
  })();
  return {
    root: `/reseaux/${network.slug}`,
    day: today(systemClock),
    clauses: clauses.map(({ id, article, rule }) => ({ id, article, rule })),
    ...{ parties, hasLeadTimes: leadTimes.length > 0 },
    ...{ notice, appeal, common, lead },
    typed: Object.fromEntries(query),
  };
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CalculatorsPage() {
  const loaded = useLoaderData<typeof loader>();
  const { root, clauses, parties, notice, appeal, common, lead, hasLeadTimes } = loaded;
  return (
    <Page
      title="Calculs de dates"
      lead="Mise en demeure, dénonciation, commun accord, recours : le raisonnement et ses autres lectures. Rien n’est enregistré."
      crumbs={[{ label: "Conventions", to: `${root}/conventions` }]}
    >
      <AgreementNav root={root} />
      <Section title="Mise en demeure ou dénonciation" id="courrier">
        {clauses.length === 0 ? (
          <EmptyState>
            <p>Aucune convention en cours n’a de clause de préavis.</p>
          </EmptyState>
        ) : (
          <Form method="get" action="#courrier">
            <div className="field">
              <label htmlFor="calcul-clause">Clause</label>
              <select id="calcul-clause" name="clause" defaultValue={loaded.typed["clause"] ?? clauses[0]?.id}>
                {clauses.map(({ id, article, rule }) => (
                  <option key={id} value={id}>
                    {PURPOSE_LABELS[rule.purpose]}, {articleWords(article)} : {ruleWords(rule)}
                  </option>
                ))}
              </select>
            </div>
            <Day loaded={loaded} name="envoi" label="Envoyé le" isToday />
            <Day loaded={loaded} name="reception" label="Reçu le (facultatif)" />
            {clauses.some(({ rule }) => rule.curable) && (
              <Day loaded={loaded} name="reparation" label="Manquement réparé le (facultatif)" />
            )}
            {clauses.some(({ rule }) => rule.notice.length === "reasonable") && (
              <fieldset className="field">
                <legend>Délai raisonnable retenu</legend>
                <div className="row">
                  <div className="field">
                    <label htmlFor="calcul-nombre">Nombre</label>
                    <input
                      id="calcul-nombre"
                      name="nombre"
                      inputMode="numeric"
                      data-width="short"
                      defaultValue={loaded.typed["nombre"]}
                    />
                  </div>
                  <div className="field">
                    <label htmlFor="calcul-unite">Unité</label>
                    <select id="calcul-unite" name="unite" defaultValue={loaded.typed["unite"] ?? "mois"}>
                      <option value="mois">mois</option>
                      <option value="jours">jours</option>
                    </select>
                  </div>
                </div>
              </fieldset>
            )}
            <Button>Calculer</Button>
          </Form>
        )}
        <Answer sentences={notice} />
      </Section>
      {parties.length > 0 && (
        <Section title="Commun accord" id="commun">
          <Form method="get" action="#commun">
            <input type="hidden" name="accord" value="oui" />
            {parties.map(({ id, label }) => (
              <Day key={id} loaded={loaded} name={`p-${id}`} label={`${label}, accord du`} />
            ))}
            <Day loaded={loaded} name="fin" label="Dernier jour choisi (facultatif)" />
            <Button>Calculer</Button>
          </Form>
          <Answer sentences={common} />
        </Section>
      )}
      {hasLeadTimes && (
        <Section title="Prévenir avant un événement" id="prevenir">
          <Form method="get" action="#prevenir">
            <Day loaded={loaded} name="evenement" label="Date de l’événement" isToday />
            <Button>Calculer</Button>
          </Form>
          <Answer sentences={lead} />
        </Section>
      )}
      <Section title="Délai de recours contre un acte" id="recours">
        <Form method="get" action="#recours">
          <Day loaded={loaded} name="publication" label="Acte publié le" isToday />
          <div className="field">
            <label htmlFor="calcul-mois">Délai, en mois</label>
            <input
              id="calcul-mois"
              name="mois"
              inputMode="numeric"
              data-width="short"
              defaultValue={loaded.typed["mois"] ?? "2"}
            />
          </div>
          <Button>Calculer</Button>
        </Form>
        <Answer sentences={appeal} />
      </Section>
    </Page>
  );
}

type DayProps = { readonly loaded: Loaded; readonly name: string; readonly label: string; readonly isToday?: boolean };

function Day({ loaded, name, label, isToday = false }: DayProps) {
  return (
    <div className="field">
      <label htmlFor={`calcul-${name}`}>{label}</label>
      <input
        id={`calcul-${name}`}
        name={name}
        type="date"
        data-width="short"
        defaultValue={loaded.typed[name] ?? (isToday ? loaded.day : undefined)}
      />
    </div>
  );
}

function Answer({ sentences }: { readonly sentences: readonly string[] | null }) {
  if (sentences === null) return null;
  return (
    <Notice tone="info" role="status" title="Réponse">
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}
