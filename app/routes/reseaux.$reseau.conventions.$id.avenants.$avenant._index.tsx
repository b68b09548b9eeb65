import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { articleWords, capital } from "~/documents/agreement-words";
import { count, enumerate, formatDate, formatShortDate, NBSP } from "~/documents/french";
import {
  recordBoardVote,
  submitAmendment,
  withdrawAmendment,
  writeChange,
} from "~/features/agreements/amendments.server";
import { changeSchema, parseForm, voteSchema, withdrawSchema } from "~/features/agreements/form";
import {
  AMENDMENT_LABELS,
  changeMessage,
  submitMessage,
  voteMessage,
  withdrawMessage,
} from "~/features/agreements/messages.fr";
import { loadAmendmentPage } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { AMENDMENT_TONES } from "~/ui/agreement/tones";
import { ActKey, Button } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Avenant : ${view.amendment.title}` : "Avenant" },
];

const DONE: Readonly<Record<string, string>> = {
  prepare: "L’avenant est préparé. Proposez maintenant les articles qui changent.",
  article: "Le changement proposé est enregistré.",
  soumis: "L’avenant est devant les conseils : son texte ne change plus.",
  retire: "L’avenant est retiré.",
  deliberation: "La délibération est notée.",
  effet: "La dernière délibération est notée : l’avenant est en vigueur.",
};

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "agreement.read");
  const [id, amendmentId] = [requireParam(args.params, "id"), requireParam(args.params, "avenant")];
  const view = await loadAmendmentPage(command.db, network.id, id, amendmentId, today(systemClock));
  if (!view) throw notFound();
  const { agreement, amendment, boards, protectedArticles } = view;
  return {
    amendment,
    boards,
    agreement: { id: agreement.id, title: agreement.title, articles: agreement.content.articles },
    protectedArticles,
    root: `/reseaux/${network.slug}`,
    day: today(systemClock),
    actKey: systemClock.newId(),
    article: new URL(args.request.url).searchParams.get("article"),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
    mayRecord: can(viewer, "agreement.record", { networkId: network.id }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const [id, amendmentId] = [requireParam(args.params, "id"), requireParam(args.params, "avenant")];
  const { network, command } = await openMemberPage(args, "agreement.record");
  if (!(await loadAmendmentPage(command.db, network.id, id, amendmentId, today(systemClock)))) throw notFound();
  const page = `/reseaux/${network.slug}/conventions/${id}/avenants/${amendmentId}`;
  const form = await args.request.formData();
  const done = (word: string) => redirect(`${page}?fait=${word}`, 303);
  const act = String(form.get("acte"));
  const typed = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const refused = (message: string, status: 400 | 409) => data({ act, message, typed }, { status });
  const incomplete = (errors: Record<string, string[] | null> | undefined) =>
    refused(
      Object.values(errors ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  switch (act) {
    case "article": {
      const submission = parseForm(form, changeSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { after, ...change } = submission.value;
      const decision = await writeChange(command, amendmentId, {
        ...change,
        after: form.has("retirer") ? null : after,
      });
      return decision.ok ? done("article") : refused(changeMessage(decision.refusal), 409);
    }
    case "soumettre": {
      const decision = await submitAmendment(command, amendmentId);
      return decision.ok ? done("soumis") : refused(submitMessage(decision.refusal), 409);
    }
    case "retirer": {
      const submission = parseForm(form, withdrawSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const decision = await withdrawAmendment(command, amendmentId, submission.value.reason);
      return decision.ok ? done("retire") : refused(withdrawMessage(decision.refusal), 409);
    }
    case "deliberation": {
      const submission = parseForm(form, voteSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { members, inFavour, against, abstentions, ...vote } = submission.value;
      const counts = [members, inFavour, against, abstentions];
      if (counts.some((one) => one !== null) && counts.includes(null))
        return refused(
          "Le décompte est incomplet : donnez l’effectif, les pour, les contre et les abstentions, ou rien.",
          400,
        );
      const votes =
        members === null || inFavour === null || against === null || abstentions === null
          ? null
          : { members, for: inFavour, against, abstentions, cast: inFavour + against + abstentions };
      const decision = await recordBoardVote(command, amendmentId, { ...vote, votes });
      if (!decision.ok) return refused(voteMessage(decision.refusal), 409);
      return done(decision.value.effectiveOn === null ? "deliberation" : "effet");
    }
    default:
      throw new Response("", { status: 400 });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Answered = ReturnType<typeof useActionData<typeof action>>;

export default function AmendmentPage() {
  const loaded = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { amendment, boards, agreement, root, done, mayRecord } = loaded;
  const { standing } = amendment;
  const page = `${root}/conventions/${agreement.id}`;
  const waiting = boards.filter(({ vote, leftOn }) => vote === null && leftOn === null);
  const canPublish = boards.some(({ vote, siret }) => vote !== null && siret !== null);
  return (
    <Page
      title={`Avenant n° ${amendment.number} : ${amendment.title}`}
      lead={amendment.reasonMd}
      crumbs={[
        { label: "Conventions", to: `${root}/conventions` },
        { label: agreement.title, to: page },
      ]}
    >
      <AgreementNav root={root} />
      {done !== null && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.message}</p>
        </Notice>
      )}
      <p className="row">
        <Tag tone={AMENDMENT_TONES[standing.state]}>{AMENDMENT_LABELS[standing.state]}</Tag>
      </p>
      <p>{progressOf(standing)}</p>
      <Section title="Ce qui change" id="changements">
        {amendment.changes.length === 0 ? (
          <EmptyState>
            <p>Aucun article n’est encore proposé au changement.</p>
          </EmptyState>
        ) : (
          amendment.changes.map((change) => (
            <div key={change.article} className="agreement-article">
              <h3>
                {capital(articleWords(change.article))} — {change.title}
              </h3>
              <div className="side-by-side">
                <div>
                  <h4>{standing.state === "effective" ? "Texte d’avant" : "Texte actuel"}</h4>
                  <p className="agreement-text">{change.before ?? "Article nouveau."}</p>
                </div>
                <div>
                  <h4>{standing.state === "effective" ? "Texte en vigueur" : "Texte proposé"}</h4>
                  <p className="agreement-text">{change.after ?? "Article supprimé."}</p>
                </div>
              </div>
            </div>
          ))
        )}
        {mayRecord && standing.state === "draft" && <ChangeForm loaded={loaded} answered={answered} />}
      </Section>
      <Section title="Les conseils" id="conseils">
        <Table
          caption="Délibération de chaque conseil"
          captionHidden
          narrow="stack"
          columns={[
            { key: "label", label: "Conseil", heading: true, cell: (row) => `${row.label}, ${row.board}` },
            {
              key: "vote",
              label: "Délibération",
              cell: (row) =>
                row.leftOn !== null
                  ? `partie jusqu’au ${formatShortDate(row.leftOn)}`
                  : row.vote === null
                    ? "attendue"
                    : `n° ${row.vote.number}, ${formatDate(row.vote.on)}`,
            },
            {
              key: "outcome",
              label: "Sens",
              cell: (row) =>
                row.vote && (
                  <Tag tone={row.vote.outcome === "approved" ? "reached" : "missed"}>
                    {row.vote.outcome === "approved" ? "Approuve" : "Rejette"}
                  </Tag>
                ),
            },
            {
              key: "counts",
              label: "Décompte",
              cell: (row) =>
                row.vote?.votes
                  ? `${row.vote.votes.for} pour, ${row.vote.votes.against} contre, ${count(row.vote.votes.abstentions, "abstention", "abstentions")}, sur ${row.vote.votes.members}`
                  : "",
            },
            {
              key: "model",
              label: "Modèle",
              cell: (row) =>
                amendment.changes.length > 0 &&
                row.vote === null &&
                row.leftOn === null &&
                (standing.state === "draft" || standing.state === "submitted") && (
                  <Link to={`${page}/avenants/${amendment.id}/deliberations/${row.id}`}>
                    Modèle de délibération<span className="visually-hidden"> pour {row.label}</span>
                  </Link>
                ),
            },
          ]}
          rows={boards}
          rowKey={(row) => row.id}
        />
        {canPublish && (
          <p>
            <a href={`${page}/avenants/${amendment.id}/deliberations.csv`} download>
              Données des délibérations
            </a>{" "}
            <span className="soft small">(CSV, schéma national SCDL « Délibérations »)</span>
          </p>
        )}
        {boards.some(({ vote, siret }) => vote !== null && siret === null) && (
          <p className="soft">
            Sans SIRET, la délibération d’un organisme n’entre pas dans les données à publier{NBSP}:{" "}
            {enumerate(boards.filter(({ vote, siret }) => vote !== null && siret === null).map(({ label }) => label))}.
          </p>
        )}
        {mayRecord && standing.state === "submitted" && waiting.length > 0 && (
          <VoteForm loaded={loaded} answered={answered} waiting={waiting} />
        )}
      </Section>
      {mayRecord && (standing.state === "draft" || standing.state === "submitted") && (
        <Section title="Suite" id="suite">
          {standing.state === "draft" && amendment.changes.length > 0 && (
            <Form method="post">
              <input type="hidden" name="acte" value="soumettre" />
              <p>
                Une fois soumis, le texte de l’avenant ne change plus. Il entrera en vigueur de lui-même à la dernière
                des {standing.needed}
                {NBSP}délibérations favorables{NBSP}; une seule contraire le rejette.
              </p>
              <Button>Soumettre aux conseils</Button>
            </Form>
          )}
          <details className="panel">
            <summary>Retirer l’avenant</summary>
            <Form method="post">
              <input type="hidden" name="acte" value="retirer" />
              <div className="field">
                <label htmlFor="retrait">Motif</label>
                <input id="retrait" name="reason" type="text" defaultValue={answered?.typed["reason"]} />
              </div>
              <Button look="danger">Retirer l’avenant</Button>
            </Form>
          </details>
        </Section>
      )}
    </Page>
  );
}

function progressOf({
  state,
  approved,
  needed,
  missing,
  rejectedBy,
  effectiveOn,
}: Loaded["amendment"]["standing"]): string {
  switch (state) {
    case "draft":
      return `${needed} conseils devront l’approuver.`;
    case "submitted":
      return `${approved === 0 ? `Aucun des ${needed} conseils ne l’a encore approuvé` : approved === 1 ? `1 conseil sur ${needed} l’a approuvé` : `${approved} conseils sur ${needed} l’ont approuvé`}. Il manque : ${enumerate(missing)}.`;
    case "effective":
      return `En vigueur depuis le ${effectiveOn === null ? "" : formatDate(effectiveOn)}, jour de la dernière délibération.`;
    case "rejected":
      return `Rejeté par ${enumerate(rejectedBy)} : l’accord de tous était nécessaire.`;
    case "withdrawn":
      return "L’avenant est retiré.";
  }
}

type FormProps = { readonly loaded: Loaded; readonly answered: Answered };

function ChangeForm({ loaded, answered }: FormProps) {
  const { amendment, agreement, article } = loaded;
  const typed = answered?.act === "article" ? answered.typed : null;
  const number = typed?.["article"] ?? article ?? "";
  const current = agreement.articles.find((one) => one.number === number);
  const change = amendment.changes.find((one) => one.article === number);
  const open = agreement.articles.filter((one) => !loaded.protectedArticles.includes(one.number));
  if (!current)
    return (
      <Form method="get">
        <div className="field">
          <label htmlFor="choix-article">Article à modifier</label>
          {loaded.protectedArticles.length > 0 && (
            <p className="hint" id="choix-article-aide">
              Le texte protège l’article {loaded.protectedArticles.join(", ")}
              {NBSP}: aucun avenant ne peut y toucher.
            </p>
          )}
          <select
            id="choix-article"
            name="article"
            defaultValue=""
            aria-describedby={loaded.protectedArticles.length > 0 ? "choix-article-aide" : undefined}
          >
            <option value="">Choisir un article</option>
            {open.map((one) => (
              <option key={one.number} value={one.number}>
                {one.number} — {one.title}
              </option>
            ))}
          </select>
        </div>
        <Button look="quiet">Proposer un nouveau texte</Button>
      </Form>
    );
  return (
    <Form method="post">
      <input type="hidden" name="acte" value="article" />
      <input type="hidden" name="revision" value={amendment.revision} />
      <input type="hidden" name="article" value={number} />
      <div className="side-by-side">
        <div>
          <h3>
            {capital(articleWords(number))} — {current.title}, texte actuel
          </h3>
          <p className="agreement-text">{current.text}</p>
        </div>
        <div className="field">
          <label htmlFor="texte-propose">Texte proposé</label>
          <textarea
            id="texte-propose"
            name="after"
            rows={10}
            defaultValue={typed?.["after"] ?? change?.after ?? current.text}
          />
        </div>
      </div>
      <div className="row">
        <Button>Enregistrer ce changement</Button>
        {change && (
          <button type="submit" name="retirer" value="oui" className="button" data-look="quiet">
            Ne plus changer cet article
          </button>
        )}
      </div>
    </Form>
  );
}

function VoteForm({ loaded, answered, waiting }: FormProps & { readonly waiting: Loaded["boards"] }) {
  const typed = answered?.act === "deliberation" ? answered.typed : {};
  const line = (name: string, label: string, type: string, value?: string) => (
    <div className="field">
      <label htmlFor={`vote-${name}`}>{label}</label>
      <input
        id={`vote-${name}`}
        name={name}
        type={type}
        data-width="short"
        defaultValue={typed[name] ?? value}
        {...(type === "text" && name !== "number" ? { inputMode: "numeric" } : {})}
      />
    </div>
  );
  return (
    <Form method="post">
      <h3>Noter une délibération</h3>
      <input type="hidden" name="acte" value="deliberation" />
      <ActKey value={typed["cle"] ?? loaded.actKey} />
      <div className="field">
        <label htmlFor="vote-partie">Conseil</label>
        <select id="vote-partie" name="partyId" defaultValue={typed["partyId"] ?? ""}>
          <option value="">Choisir</option>
          {waiting.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <fieldset className="field">
        <legend>Sens</legend>
        {(["approved", "rejected"] as const).map((outcome) => (
          <label className="choice" key={outcome}>
            <input type="radio" name="outcome" value={outcome} defaultChecked={typed["outcome"] === outcome} />
            <span>
              {outcome === "approved" ? "Approuve l’avenant" : "Rejette l’avenant"}
              {outcome === "rejected" && <span className="hint">Un seul rejet suffit à écarter l’avenant.</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {line("number", "Numéro de la délibération", "text")}
      {line("on", "Délibération du", "date", loaded.day)}
      {line("transmittedOn", "Transmise à la préfecture le (facultatif)", "date")}
      <fieldset className="field">
        <legend>Décompte (facultatif)</legend>
        <div className="row">
          {line("members", "Effectif", "text")}
          {line("inFavour", "Pour", "text")}
          {line("against", "Contre", "text")}
          {line("abstentions", "Abstentions", "text")}
        </div>
      </fieldset>
      <p>Une délibération notée ne s’efface pas.</p>
      <Button>Noter la délibération</Button>
    </Form>
  );
}
