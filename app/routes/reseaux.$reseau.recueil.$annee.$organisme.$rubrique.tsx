import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { checkWritable } from "~/domain/indicator/submission";
import { NBSP } from "~/documents/french";
import { formatInstant } from "~/documents/meeting-words";
import { STATE_MEANINGS, STATE_LABELS } from "~/documents/indicator-words";
import { CELL_STATES } from "~/domain/indicator/cell";
import { CELL_FIELDS, readEntries } from "~/features/indicators/form";
import { savedMessage, STATE_CHOICES, stepMessage } from "~/features/indicators/messages.fr";
import { findSubmission, speaksFor } from "~/features/indicators/queries.server";
import { describeSection, splitTyped, summarizeSections } from "~/features/indicators/section-view";
import { saveCells } from "~/features/indicators/submission-commands.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound } from "~/services/gate.server";
import { openSubmissionPage } from "~/services/submission-gate.server";
import { Button, ButtonLink } from "~/ui/forms";
import { CellFields } from "~/ui/indicators/cell-fields";
import { useDraftSaving } from "~/ui/indicators/draft-saving";
import { IndicatorsNav } from "~/ui/indicators/indicators-nav";
import { Definitions, Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const handle = { hydrate: "Le brouillon s’enregistre pendant la frappe." };

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `${view.section.name}, ${view.year}, ${view.name}` : "Saisie" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer, command, target } = await openSubmissionPage(args, "submission.fill");
  const view = await findSubmission(command.db, network.id, target.year, target.organizationId);
  const on = today(systemClock);
  if (!view || !(await speaksFor(command.db, network.id, { viewer, on }, target.organizationId))) throw notFound();
  const sections = summarizeSections(view);
  const section = sections.find(({ rank }) => String(rank) === args.params["rubrique"]);
  if (!section) throw notFound();
  const params = new URL(args.request.url).searchParams;
  return {
    ...{ section, year: target.year, name: view.submission.name, last: sections.length },
    previous: sections.find(({ rank }) => rank === section.rank - 1) ?? null,
    next: sections.find(({ rank }) => rank === section.rank + 1) ?? null,
    indicators: describeSection(view, section.name),
    isWritable: checkWritable(view.submission.state, view.campaign).ok,
    root: `/reseaux/${network.slug}`,
    page: `/reseaux/${network.slug}/recueil/${target.year}/${target.organizationId}`,
    saved: params.get("fait") === "enregistre" ? savedMessage(Number(params.get("cases") ?? 0) || 0) : null,
  };
}

/** Saves the section as it was typed. What a refusal or another agent keeps out comes back in the form, and is set aside besides. */
export async function action(args: ActionFunctionArgs) {
  const { network, command, target } = await openSubmissionPage(args, "submission.fill");
  const form = await args.request.formData();
  const entries = readEntries(form);
  const decision = await saveCells(command, target, entries);
  if (!decision.ok) {
    if (decision.refusal === "unknown-submission" || decision.refusal === "not-own-organization") throw notFound();
    return data({ refusal: stepMessage(decision.refusal), entries, conflicts: [], revisions: [] }, { status: 409 });
  }
  const { saved, conflicts, revisions } = decision.value;
  if (conflicts.length > 0) {
    const differing = new Set(conflicts.map(({ cellKey }) => cellKey));
    const mine = entries.filter(({ cellKey }) => differing.has(cellKey));
    return data({ refusal: null, entries: mine, conflicts, revisions: [...revisions] }, { status: 409 });
  }
  const page = `/reseaux/${network.slug}/recueil/${target.year}/${target.organizationId}`;
  const suite = form.get("suite");
  if (suite === "sommaire") return redirect(page, 303);
  const rank = typeof suite === "string" && /^\d+$/.test(suite) ? suite : (args.params["rubrique"] ?? "1");
  return redirect(`${page}/${rank}?fait=enregistre&cases=${saved}`, 303);
}

export default function SectionPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { section, year, name, indicators, isWritable, page, root, previous, next } = view;
  const draft = useDraftSaving(`${page}/brouillon`, isWritable);
  const refusal = answer?.refusal ?? draft.refusal;
  const typed = new Map(answer?.entries.map((entry) => [entry.cellKey, entry]));
  const conflicts = new Map(answer?.conflicts.map((conflict) => [conflict.cellKey, conflict]));
  const revisions = new Map(answer?.revisions);
  return (
    <Page
      title={section.name}
      lead={`${name}, année ${year}${NBSP}; rubrique ${section.rank} sur ${view.last}.`}
      crumbs={[
        { label: `Recueil ${year}`, to: `${root}/recueil/${year}` },
        { label: name, to: page },
      ]}
    >
      <IndicatorsNav isMember />
      {view.saved && !answer && (
        <Notice tone="reached" role="status">
          <p>{view.saved}</p>
        </Notice>
      )}
      {refusal && (
        <Notice tone="missed" role="alert">
          <p>{refusal}</p>
        </Notice>
      )}
      {conflicts.size > 0 && (
        <Notice tone="missed" role="alert" title="Quelqu’un d’autre a saisi en même temps">
          <p>
            Les autres cases sont enregistrées. Pour {conflicts.size === 1 ? "celle-ci" : "celles-ci"}, comparez puis
            enregistrez de nouveau{NBSP}: rien de ce que vous avez écrit n’est perdu.
          </p>
          <ul>
            {[...conflicts.values()].map(({ cellKey, mine, theirs }) => (
              <li key={cellKey}>
                {labelOf(indicators, cellKey)}
                {NBSP}: vous «{NBSP}
                {mine.typed || "rien"}
                {NBSP}», {theirs.by} «{NBSP}
                {theirs.typed || "rien"}
                {NBSP}».
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {!isWritable && !answer && !refusal && (
        <Notice tone="info">
          <p>
            Cette saisie ne se modifie pas en ce moment{NBSP}: elle est transmise, validée, ou sa campagne est close.
          </p>
        </Notice>
      )}
      <details>
        <summary>Les cinq états d’une case</summary>
        <Definitions
          entries={CELL_STATES.map((state) => ({ term: STATE_LABELS[state], detail: STATE_MEANINGS[state] }))}
        />
      </details>
      {/* Sent as a page: when the line is cut, the browser gives back what was typed. */}
      <Form
        method="post"
        noValidate
        reloadDocument
        ref={draft.formRef}
        onChange={draft.noteChange}
        onSubmit={draft.forget}
      >
        {indicators.map((indicator) => (
          <fieldset className="indicator-entry" key={indicator.code}>
            <legend>
              <h2>{indicator.label}</h2>
            </legend>
            <p className="hint">
              {indicator.definition}{" "}
              <span className="soft">
                ({indicator.measure}. Rempli par{NBSP}: {indicator.filledBy}.)
              </span>
            </p>
            {indicator.isBroken && (
              <p className="hint">
                Rupture de série{NBSP}: ce chiffre ne se compare pas à celui de l’année précédente.
              </p>
            )}
            {indicator.groups.map((group) => (
              <div key={group.label ?? "total"}>
                {group.label !== null && <h3>{group.label}</h3>}
                {group.fields.map((field) => {
                  const mine = typed.get(field.cellKey);
                  const theirs = conflicts.get(field.cellKey)?.theirs;
                  const shown = {
                    ...field,
                    ...(mine ? { ...splitTyped(mine.typed), comment: mine.comment } : {}),
                    ...(theirs ? { theirs } : {}),
                    known: revisions.get(field.cellKey) ?? field.known,
                  };
                  return (
                    <CellFields
                      key={field.cellKey}
                      field={shown}
                      yearBefore={year - 1}
                      isReadOnly={!isWritable}
                      states={STATE_CHOICES}
                      names={{
                        value: CELL_FIELDS.value + field.cellKey,
                        state: CELL_FIELDS.state + field.cellKey,
                        comment: CELL_FIELDS.comment + field.cellKey,
                        known: CELL_FIELDS.known + field.cellKey,
                      }}
                      formatMoment={formatInstant}
                    />
                  );
                })}
              </div>
            ))}
          </fieldset>
        ))}
        {isWritable && (
          <div className="entry-bar">
            <div className="row">
              <Button look="quiet">Enregistrer le brouillon</Button>
              <Button name="suite" value={next ? String(next.rank) : "sommaire"}>
                {next ? `Enregistrer et passer à «${NBSP}${next.name}${NBSP}»` : "Enregistrer et revenir au sommaire"}
              </Button>
            </div>
            <p className="hint" role="status">
              {draft.message}
            </p>
          </div>
        )}
      </Form>
      <p className="row">
        {previous && (
          <ButtonLink to={`${page}/${previous.rank}`} look="small">
            {previous.name}
          </ButtonLink>
        )}
        <ButtonLink to={page} look="small">
          Sommaire de la saisie
        </ButtonLink>
      </p>
    </Page>
  );
}

type Indicators = ReturnType<typeof useLoaderData<typeof loader>>["indicators"];

function labelOf(indicators: Indicators, cellKey: string): string {
  const fields = indicators.flatMap(({ groups }) => groups.flatMap((group) => group.fields));
  return fields.find((field) => field.cellKey === cellKey)?.fullLabel ?? cellKey;
}
