import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/domain/access/permissions";
import { LIBRARY_KINDS } from "~/domain/library/library";
import { FATES } from "~/domain/library/retention";
import { dateOf } from "~/domain/kernel/paris-time";
import { formatDate } from "~/documents/french";
import { decideRetention } from "~/features/library/commands.server";
import { parseForm, ruleSchema, type RuleFields } from "~/features/library/form";
import {
  FATE_LABELS,
  KIND_LABELS,
  libraryMessage,
  OUTCOME_LABELS,
  ruleSentence,
  standingSentence,
  SUGGESTED_RULES,
} from "~/features/library/messages.fr";
import { listPapers, listRules, readableAccesses } from "~/features/library/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { openMemberPage } from "~/services/gate.server";
import { Button, ErrorSummary, SelectField, TextArea, TextField } from "~/ui/forms";
import { LibraryNav } from "~/ui/library/library-nav";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { Table } from "~/ui/table";

export const meta: MetaFunction = () => [{ title: "Conservation des documents" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "library.read");
  const rules = await listRules(command.db, network.id);
  const accesses = readableAccesses(viewer, network.id);
  const papers = await listPapers(command.db, network.id, { accesses }, today(systemClock));
  const waiting = papers.filter(({ standing, disposal }) => disposal === null && standing.kind === "due");
  const unset = papers.filter(({ standing, disposal }) => disposal === null && standing.kind === "no-start");
  return {
    root: `/reseaux/${network.slug}`,
    seesArchives: can(viewer, "archive.read", { networkId: network.id }),
    mayDecide: can(viewer, "library.retain", { networkId: network.id }) && network.closedOn === null,
    rules: LIBRARY_KINDS.map((kind) => {
      const rule = rules.get(kind);
      const suggested = SUGGESTED_RULES[kind];
      return {
        kind,
        rule: rule
          ? { sentence: ruleSentence(rule), note: rule.note, since: formatDate(dateOf(rule.recordedAt)) }
          : null,
        suggestion: suggested ? ruleSentence(suggested) : null,
      };
    }),
    due: waiting.map(({ id, title, kind, standing }) => ({ id, title, kind, sentence: standingSentence(standing) })),
    unset: unset.map(({ id, title }) => ({ id, title })),
    gone: papers.flatMap(({ id, title, disposal }) => (disposal ? [{ id, title, ...disposal }] : [])),
    done: new URL(args.request.url).searchParams.get("fait") === "regle",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "library.retain");
  const submission = parseForm(await args.request.formData(), ruleSchema);
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const { kind, years, fate, note } = submission.value;
  const decision = await decideRetention(command, { kind, years: years ?? null, fate, note: note ?? "" });
  if (!decision.ok)
    return data({ result: submission.reply({ formErrors: [libraryMessage(decision.refusal)] }) }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/documents/conservation?fait=regle`, 303);
}

export default function RetentionPage() {
  const { root, seesArchives, mayDecide, rules, due, unset, gone, done } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<RuleFields>({ id: "regle", ...(lastResult ? { lastResult } : {}) });
  return (
    <Page
      title="Conservation des documents"
      lead="Combien de temps chaque sorte de document sert, et ce qu’il devient ensuite. Le portail n’élimine jamais rien de lui-même."
      crumbs={[{ label: "Documents", to: `${root}/documents` }]}
    >
      <LibraryNav root={root} isMember seesArchives={seesArchives} />
      {done && (
        <Notice tone="reached" role="status">
          <p>La règle est enregistrée, et inscrite au registre.</p>
        </Notice>
      )}
      <Section title="Arrivés à leur terme" id="terme">
        {due.length === 0 ? (
          <p className="soft">Aucun document n’a atteint le terme de sa durée de conservation.</p>
        ) : (
          <Table
            narrow="stack"
            caption="Liste à soumettre au visa des Archives départementales"
            rows={due}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "title",
                label: "Document",
                heading: true,
                cell: (paper) => <Link to={`${root}/documents/fiches/${paper.id}`}>{paper.title}</Link>,
              },
              { key: "kind", label: "Sorte", cell: (paper) => KIND_LABELS[paper.kind] },
              { key: "rule", label: "Règle du réseau", cell: (paper) => paper.sentence },
              ...(mayDecide
                ? [
                    {
                      key: "act",
                      label: "Suite",
                      cell: (paper: (typeof due)[number]) => (
                        <Link to={`${root}/documents/fiches/${paper.id}/sort`}>Enregistrer son sort</Link>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
        {unset.length > 0 && (
          <p>
            Sans date de départ :{" "}
            {unset.map(({ id, title }, index) => (
              <span key={id}>
                {index > 0 && ", "}
                <Link to={`${root}/documents/fiches/${id}`}>{title}</Link>
              </span>
            ))}
            .
          </p>
        )}
      </Section>
      <Section title="Les règles du réseau" id="regles">
        <p>
          <Tag tone="pending">À valider avec les Archives départementales</Tag>
        </p>
        <Table
          narrow="stack"
          caption="Durée d’utilité et sort final, par sorte de document"
          rows={rules}
          rowKey={({ kind }) => kind}
          columns={[
            { key: "kind", label: "Sorte", heading: true, cell: (row) => KIND_LABELS[row.kind] },
            {
              key: "rule",
              label: "Règle du réseau",
              cell: (row) => (row.rule ? `${row.rule.sentence} (depuis le ${row.rule.since})` : "Pas encore fixée"),
            },
            { key: "note", label: "Note", cell: (row) => row.rule?.note ?? "" },
            { key: "hint", label: "Repère", cell: (row) => row.suggestion ?? "" },
          ]}
        />
        <p className="soft small">
          Les repères sont ceux de l’instruction DAF/DPACI/RES/2009/018 pour les délibérations, les conventions annexées
          et les pièces comptables. Le réseau fixe sa règle ; l’élimination demande le visa des archives.
        </p>
      </Section>
      {mayDecide && (
        <Section title="Fixer une règle" id="fixer">
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <SelectField
              field={fields.kind}
              label="Sorte de document"
              options={LIBRARY_KINDS.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
              empty="Choisir"
            />
            <TextField
              field={fields.years}
              label="Durée d’utilité, en années"
              inputMode="numeric"
              data-width="short"
              optional
              hint="Vide : tant que le réseau existe."
            />
            <SelectField
              field={fields.fate}
              label="Sort final"
              options={FATES.map((fate) => ({ value: fate, label: FATE_LABELS[fate] }))}
              empty="Choisir"
            />
            <TextArea
              field={fields.note}
              label="Note"
              optional
              rows={2}
              hint="D’où vient la règle, depuis quand la durée se compte."
            />
            <Button>Enregistrer la règle</Button>
          </Form>
        </Section>
      )}
      {gone.length > 0 && (
        <Section title="Éliminés ou versés" id="partis">
          <Table
            narrow="stack"
            caption="Actes enregistrés"
            captionHidden
            rows={gone}
            rowKey={({ id }) => id}
            columns={[
              {
                key: "title",
                label: "Document",
                heading: true,
                cell: (paper) => <Link to={`${root}/documents/fiches/${paper.id}`}>{paper.title}</Link>,
              },
              { key: "outcome", label: "Sort", cell: (paper) => OUTCOME_LABELS[paper.outcome] },
              {
                key: "visa",
                label: "Visa",
                cell: (paper) => `${paper.visaReference}, ${formatDate(paper.visaOn)}`,
              },
            ]}
          />
        </Section>
      )}
    </Page>
  );
}
