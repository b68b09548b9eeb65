import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { DelegationLink } from "~/domain/agreement/signature";
import { articleWords, capital, CLAUSE_KIND_LABELS, ruleWords } from "~/documents/agreement-words";
import { formatDate } from "~/documents/french";
import { clausesUnder } from "~/features/agreements/clause-form";
import { changeDraft, type DraftChange, type PartyInput } from "~/features/agreements/encode.server";
import { articleSchema, draftHeadSchema, parseForm, partySchema, removeSchema } from "~/features/agreements/form";
import { draftMessage } from "~/features/agreements/messages.fr";
import { listAgreements, type RecordedAgreement } from "~/services/agreement-record.server";
import { listSeats } from "~/services/committee-record.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { AgreementNav } from "~/ui/agreement/agreement-nav";
import { Button, ButtonLink } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Modifier le projet" }];

async function requireDraft(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const opened = await openMemberPage(args, "agreement.record");
  const id = requireParam(args.params, "id");
  const agreements = await listAgreements(opened.command.db, opened.network.id, today(systemClock));
  const agreement = agreements.find((one) => one.id === id);
  if (!agreement) throw notFound();
  return { ...opened, agreement };
}

export async function loader(args: LoaderFunctionArgs) {
  const { network, command, agreement } = await requireDraft(args);
  const root = `/reseaux/${network.slug}`;
  if (agreement.signedOn !== null) throw redirect(`${root}/conventions/${agreement.id}`);
  const query = new URL(args.request.url).searchParams;
  const seats = await listSeats(command.db, network.id);
  return {
    root,
    agreement,
    organizations: seats.map(({ organizationId, label }) => ({ id: organizationId, label })),
    done: query.has("fait"),
    article: query.get("article"),
    party: query.get("partie"),
  };
}

function draftOf(agreement: RecordedAgreement): DraftChange {
  return {
    ...{ revision: agreement.revision, title: agreement.title, note: agreement.noteMd, effectOn: agreement.effectOn },
    ...{ place: agreement.place, content: agreement.original, parties: agreement.parties.map(toInput) },
  };
}

function toInput({ id: _id, leftOn: _leftOn, ...party }: RecordedAgreement["parties"][number]): PartyInput {
  return party;
}

export async function action(args: ActionFunctionArgs) {
  const { network, command, agreement } = await requireDraft(args);
  const page = `/reseaux/${network.slug}/conventions/${agreement.id}/modifier`;
  const form = await args.request.formData();
  const typed = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const refused = (message: string, status: 400 | 409) => data({ message, typed }, { status });
  const incomplete = (errors: Record<string, string[] | null> | undefined) =>
    refused(
      Object.values(errors ?? {})
        .flatMap((texts) => texts ?? [])
        .join(" "),
      400,
    );
  const draft = draftOf(agreement);
  const apply = async (change: Partial<DraftChange>, revision: number) => {
    const decision = await changeDraft(command, agreement.id, { ...draft, ...change, revision });
    return decision.ok ? redirect(`${page}?fait=modifiee`, 303) : refused(draftMessage(decision.refusal), 409);
  };
  const { articles, clauses } = draft.content;
  switch (String(form.get("acte"))) {
    case "entete": {
      const submission = parseForm(form, draftHeadSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { revision, ...head } = submission.value;
      return apply(head, revision);
    }
    case "article": {
      const submission = parseForm(form, articleSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { revision, ...article } = submission.value;
      const kept = articles.some(({ number }) => number === article.number)
        ? articles.map((one) => (one.number === article.number ? article : one))
        : [...articles, article];
      return apply({ content: { ...draft.content, articles: kept } }, revision);
    }
    case "retirer-article": {
      const submission = parseForm(form, removeSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { revision, target } = submission.value;
      if (clausesUnder(clauses, target).length > 0)
        return refused("Des clauses se lisent sous cet article : retirez-les d’abord.", 409);
      return apply(
        { content: { ...draft.content, articles: articles.filter(({ number }) => number !== target) } },
        revision,
      );
    }
    case "retirer-clause": {
      const submission = parseForm(form, removeSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { revision, target } = submission.value;
      return apply({ content: { ...draft.content, clauses: clauses.filter(({ key }) => key !== target) } }, revision);
    }
    case "partie": {
      const submission = parseForm(form, partySchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { revision, chainAct, chainOn, chainFrom, chainTo, organizationId, ...party } = submission.value;
      const known = draft.parties.find(({ label }) => label === String(form.get("avant") ?? ""));
      const link: readonly DelegationLink[] =
        chainAct === "" || chainOn === null
          ? []
          : [{ act: chainAct, on: chainOn, from: chainFrom, to: chainTo, until: null }];
      const changed: PartyInput = {
        ...party,
        organizationId: organizationId || null,
        chain: [...(known?.chain ?? []), ...link],
      };
      const parties = known ? draft.parties.map((one) => (one === known ? changed : one)) : [...draft.parties, changed];
      return apply({ parties }, revision);
    }
    case "retirer-partie": {
      const submission = parseForm(form, removeSchema);
      if (submission.status !== "success") return incomplete(submission.error ?? {});
      const { revision, target } = submission.value;
      return apply({ parties: draft.parties.filter(({ label }) => label !== target) }, revision);
    }
    default:
      throw new Response("", { status: 400 });
  }
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;
type Typed = Readonly<Record<string, string>>;
type PartProps = { readonly loaded: Loaded; readonly typed: Typed };

export default function EditDraftPage() {
  const loaded = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { root, agreement, done } = loaded;
  const typed = answered?.typed ?? {};
  const page = `${root}/conventions/${agreement.id}`;
  return (
    <Page
      title="Modifier le projet"
      lead={agreement.title}
      crumbs={[
        { label: "Conventions", to: `${root}/conventions` },
        { label: agreement.title, to: page },
      ]}
      actions={<ButtonLink to={page}>Voir la convention et la signer</ButtonLink>}
    >
      <AgreementNav root={root} />
      {done && answered === undefined && (
        <Notice tone="reached" role="status">
          <p>Le projet est enregistré.</p>
        </Notice>
      )}
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answered.message}</p>
        </Notice>
      )}
      <Section title="Titre et dates" id="entete">
        <Form method="post">
          <Hidden act="entete" revision={agreement.revision} />
          <Line name="title" label="Titre" value={agreement.title} typed={typed} />
          <Line name="effectOn" label="Date d’effet" type="date" value={agreement.effectOn} typed={typed} />
          <Line name="place" label="Lieu de signature" value={agreement.place} typed={typed} />
          <Text name="note" label="Remarque (facultatif)" value={agreement.noteMd} typed={typed} />
          <Button>Enregistrer</Button>
        </Form>
      </Section>
      <Articles loaded={loaded} typed={typed} />
      <Parties loaded={loaded} typed={typed} />
    </Page>
  );
}

function Articles({ loaded: { agreement, root, article }, typed }: PartProps) {
  const { articles, clauses } = agreement.original;
  const edited = articles.find(({ number }) => number === article);
  const page = `${root}/conventions/${agreement.id}`;
  return (
    <Section title="Articles et clauses" id="articles">
      <p>
        <ButtonLink look="quiet" to={`${page}/clause`}>
          Ajouter une clause
        </ButtonLink>
      </p>
      {articles.length === 0 && (
        <EmptyState>
          <p>Aucun article : commencez par le premier, ci-dessous.</p>
        </EmptyState>
      )}
      {articles.map((one) => (
        <div key={one.number} className="agreement-article">
          <h3>
            {capital(articleWords(one.number))} — {one.title}
          </h3>
          <p className="agreement-text">{one.text}</p>
          <ul className="clauses">
            {clausesUnder(clauses, one.number).map((clause) => (
              <li key={clause.key}>
                <strong>{clause.title}</strong> <Tag>{CLAUSE_KIND_LABELS[clause.rule.kind]}</Tag>{" "}
                {ruleWords(clause.rule)}
                <RemoveForm
                  act="retirer-clause"
                  target={clause.key}
                  revision={agreement.revision}
                  label={`Retirer la clause : ${clause.title}`}
                />
              </li>
            ))}
          </ul>
          <div className="row">
            <Link to={`?article=${encodeURIComponent(one.number)}#article`}>Modifier cet article</Link>
            <RemoveForm
              act="retirer-article"
              target={one.number}
              revision={agreement.revision}
              label={`Retirer l’article ${one.number}`}
            />
          </div>
        </div>
      ))}
      <section aria-labelledby="article">
        <h3 id="article">{edited ? `Modifier l’article ${edited.number}` : "Ajouter un article"}</h3>
        <Form method="post" key={edited?.number ?? "nouveau"}>
          <Hidden act="article" revision={agreement.revision} />
          <Line name="number" label="Numéro" value={edited?.number ?? ""} typed={typed} />
          <Line name="title" id="article-titre" label="Titre de l’article" value={edited?.title ?? ""} typed={typed} />
          <Text name="text" label="Ce que dit l’article" value={edited?.text ?? ""} typed={typed} />
          <Button>Enregistrer l’article</Button>
        </Form>
      </section>
    </Section>
  );
}

function Parties({ loaded: { agreement, organizations, party }, typed }: PartProps) {
  const edited = agreement.parties.find(({ label }) => label === party);
  return (
    <Section title="Parties" id="parties">
      <ul>
        {agreement.parties.map((one) => (
          <li key={one.id}>
            {one.label}, {one.office}
            {one.deliberationOn === null
              ? one.needsHabilitation
                ? " : délibération à noter"
                : ""
              : ` : délibération ${one.deliberationNumber} du ${formatDate(one.deliberationOn)}`}{" "}
            <Link to={`?partie=${encodeURIComponent(one.label)}#partie`}>
              Modifier<span className="visually-hidden"> {one.label}</span>
            </Link>
            <RemoveForm
              act="retirer-partie"
              target={one.label}
              revision={agreement.revision}
              label={`Retirer ${one.label}`}
            />
          </li>
        ))}
      </ul>
      <section aria-labelledby="partie">
        <h3 id="partie">{edited ? `Modifier ${edited.label}` : "Ajouter une partie"}</h3>
        <Form method="post" key={edited?.id ?? "nouvelle"}>
          <Hidden act="partie" revision={agreement.revision} />
          <input type="hidden" name="avant" value={edited?.label ?? ""} />
          <div className="field">
            <label htmlFor="partie-organisme">Organisme</label>
            <select
              id="partie-organisme"
              name="organizationId"
              defaultValue={typed["organizationId"] ?? edited?.organizationId ?? ""}
            >
              <option value="">Hors du comité</option>
              {organizations.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <Line name="label" label="Nom de la partie" value={edited?.label ?? ""} typed={typed} />
          <Line name="office" label="Qui signe, par sa fonction" value={edited?.office ?? ""} typed={typed} />
          <Line
            name="board"
            label="Conseil qui délibère (vide s’il n’y en a pas)"
            value={edited?.board ?? ""}
            typed={typed}
          />
          <div className="field">
            <label className="choice">
              <input
                type="checkbox"
                name="needsHabilitation"
                value="on"
                defaultChecked={edited?.needsHabilitation ?? true}
              />
              <span>Une délibération doit l’habiliter à signer</span>
            </label>
          </div>
          <Line
            name="deliberationNumber"
            label="Numéro de la délibération"
            value={edited?.deliberationNumber ?? ""}
            typed={typed}
          />
          <Line
            name="deliberationOn"
            label="Délibération du"
            type="date"
            value={edited?.deliberationOn ?? ""}
            typed={typed}
          />
          <details className="panel">
            <summary>Ajouter une délégation à la chaîne</summary>
            <p>
              Si une autre personne que la présidence signe{"\u00a0"}: qui a donné le pouvoir, à qui, par quel acte,
              acte après acte.
            </p>
            {edited && edited.chain.length > 0 && (
              <ol>
                {edited.chain.map((link) => (
                  <li key={link.act}>
                    {link.act}, {formatDate(link.on)} : de {link.from} à {link.to}
                  </li>
                ))}
              </ol>
            )}
            <Line name="chainAct" label="Acte" value="" typed={typed} />
            <Line name="chainOn" label="Du" type="date" value="" typed={typed} />
            <Line name="chainFrom" label="Qui donne le pouvoir" value="" typed={typed} />
            <Line name="chainTo" label="Qui le reçoit" value="" typed={typed} />
          </details>
          <Button>Enregistrer la partie</Button>
        </Form>
      </section>
    </Section>
  );
}

function Hidden({ act, revision }: { readonly act: string; readonly revision: number }) {
  return (
    <>
      <input type="hidden" name="acte" value={act} />
      <input type="hidden" name="revision" value={revision} />
    </>
  );
}

type RemoveProps = { readonly act: string; readonly target: string; readonly revision: number; readonly label: string };

function RemoveForm({ act, target, revision, label }: RemoveProps) {
  return (
    <Form method="post" className="inline-form">
      <Hidden act={act} revision={revision} />
      <input type="hidden" name="target" value={target} />
      <Button look="small">
        Retirer<span className="visually-hidden"> : {label}</span>
      </Button>
    </Form>
  );
}

type LineProps = {
  readonly name: string;
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly typed: Typed;
  readonly type?: string;
};

function Line({ name, id = `champ-${name}`, label, value, typed, type = "text" }: LineProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={typed[name] ?? value}
        autoComplete="off"
        {...(type === "date" ? { "data-width": "short" } : {})}
      />
    </div>
  );
}

function Text({ name, label, value, typed }: LineProps) {
  return (
    <div className="field">
      <label htmlFor={`champ-${name}`}>{label}</label>
      <textarea id={`champ-${name}`} name={name} rows={5} defaultValue={typed[name] ?? value} />
    </div>
  );
}
