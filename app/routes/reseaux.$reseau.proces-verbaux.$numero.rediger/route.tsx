import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useFetcher, useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { formatOf } from "~/documents/french";
import { useEffect, useRef } from "react";
import { LONGEST_PROSE } from "~/domain/minutes/corrections";
import { minutesTitle } from "~/documents/minutes";
import { writeProse } from "~/features/minutes/commands.server";
import { readTypedBlocks } from "~/features/minutes/form";
import { writeMessage } from "~/features/minutes/messages.fr";
import { loadMinutes } from "~/features/minutes/queries.server";
import { notFound } from "~/services/gate.server";
import { FactView, ProseView } from "~/ui/document-view";
import { Button } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";
import { TextDifference } from "~/ui/text-difference";
import { openMinutes } from "../reseaux.$reseau.proces-verbaux.$numero._index/open-minutes.server";
import type { action as preview } from "../reseaux.$reseau.proces-verbaux.$numero.apercu";
import { composeEditor, type EditorSlot } from "./editor.server";

export const meta: MetaFunction = () => [{ title: "Rédiger le procès-verbal" }];
export const handle = { hydrate: "L’aperçu de chaque partie suit la frappe." };

/** A preview must not bring somebody else's text into the page: what is being typed would vanish. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction?.endsWith("/apercu") ? false : defaultShouldRevalidate;

export async function loader(args: LoaderFunctionArgs) {
  const { minutes, home, isTimely } = await openMinutes(args, "minutes.edit");
  if (!isTimely) throw redirect(home);
  return {
    home,
    title: minutesTitle(minutes.facts),
    blocks: composeEditor(minutes),
    isSaved: new URL(args.request.url).searchParams.get("fait") === "enregistre",
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, minutes, home, network } = await openMinutes(args, "minutes.edit");
  const form = await args.request.formData();
  const typed = readTypedBlocks(form);
  if (form.get("intent") === "apercu")
    return data({ blocks: composeEditor(minutes, { blocks: typed, withPreview: true }), refusal: null, conflicts: 0 });
  const decision = await writeProse(command, minutes.id, typed);
  if (!decision.ok) {
    const blocks = composeEditor(minutes, { blocks: typed });
    return data({ blocks, refusal: writeMessage(decision.refusal), conflicts: 0 }, { status: 409 });
  }
  const { conflicts } = decision.value;
  if (conflicts.length === 0)
    return redirect(form.get("intent") === "quitter" ? `${home}?fait=enregistre` : `${home}/rediger?fait=enregistre`);
  const after = await loadMinutes(command.db, network.id, minutes.id);
  if (!after) throw notFound();
  return data(
    { blocks: composeEditor(after, { conflicts }), refusal: null, conflicts: conflicts.length },
    { status: 409 },
  );
}

export default function WriteMinutesPage() {
  const { home, title, blocks: saved, isSaved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const blocks = answer?.blocks ?? saved;
  return (
    <Page
      title="Rédiger le procès-verbal"
      lead={`${title}. Les faits enregistrés sont marqués d’un trait et ne se modifient pas ici ; le texte s’écrit entre eux.`}
      crumbs={[{ label: "Procès-verbal", to: home }]}
    >
      {isSaved && !answer && (
        <Notice tone="reached" role="status">
          <p>Le texte est enregistré.</p>
        </Notice>
      )}
      {answer?.refusal && (
        <Notice tone="missed" role="alert" title="Le texte n’est pas enregistré">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      {answer && answer.conflicts > 0 && (
        <Notice
          tone="missed"
          role="alert"
          title={
            answer.conflicts === 1
              ? "Une partie a été modifiée par quelqu’un d’autre pendant que vous écriviez"
              : `${answer.conflicts} parties ont été modifiées par quelqu’un d’autre pendant que vous écriviez`
          }
        >
          <p>
            Vos autres parties sont enregistrées. Pour celle-ci, les deux textes sont montrés côte à côte et rien n’est
            perdu&nbsp;: reprenez ce qui manque dans le vôtre, puis enregistrez à nouveau.
          </p>
        </Notice>
      )}
      <details className="section">
        <summary>Comment mettre en forme le texte</summary>
        <p>
          Un paragraphe par ligne vide. <code>**gras**</code>, <code>*italique*</code>, <code>- liste</code>,{" "}
          <code>1. liste numérotée</code>, <code>&gt; citation</code>, <code>[texte](https://adresse)</code>. Les images
          et le HTML sont retirés.
        </p>
      </details>
      <Form method="post" noValidate>
        {blocks.map((block) =>
          block.kind === "fact" ? (
            <FactView key={block.key} blocks={block.blocks} />
          ) : (
            <SlotEditor key={`${block.key}@${block.revision}@${block.conflict === null}`} slot={block} home={home} />
          ),
        )}
        <div className="save-bar row">
          <Button name="intent" value="enregistrer">
            Enregistrer
          </Button>
          <Button name="intent" value="quitter" look="quiet">
            Enregistrer et relire
          </Button>
          <Button name="intent" value="apercu" look="quiet">
            Aperçu
          </Button>
          <Link to={home}>Abandonner les changements</Link>
        </div>
      </Form>
    </Page>
  );
}

/** Milliseconds without a keystroke before the preview is asked for. */
const PREVIEW_DELAY = 400;

function SlotEditor({ slot, home }: { readonly slot: EditorSlot; readonly home: string }) {
  const fetcher = useFetcher<typeof preview>();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  const ask = (markdown: string): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      fetcher.submit({ texte: markdown }, { method: "post", action: `${home}/apercu` });
    }, PREVIEW_DELAY);
  };
  const shown = fetcher.data?.content ?? slot.preview;
  const id = slot.key.replace(/[^A-Za-z0-9_-]/g, "-");
  return (
    <section
      className="prose-editor"
      data-conflict={slot.conflict === null ? undefined : ""}
      id={id}
      aria-label={slot.label}
    >
      {slot.conflict && (
        <>
          <p className="error" id={`${id}-conflit`}>
            {slot.conflict.name} a enregistré un autre texte ici.
          </p>
          <TextDifference
            pieces={slot.conflict.pieces}
            beforeLabel={`Texte enregistré par ${slot.conflict.name}`}
            afterLabel="Votre texte, pas encore enregistré"
          />
          <details>
            <summary>Copier le texte {formatOf(slot.conflict.name)}</summary>
            <textarea
              readOnly
              aria-label={`Texte ${formatOf(slot.conflict.name)}`}
              defaultValue={slot.conflict.theirs}
              rows={6}
            />
          </details>
        </>
      )}
      <div className="field">
        <label htmlFor={`${id}-texte`}>{slot.label}</label>
        <textarea
          id={`${id}-texte`}
          name={`texte:${slot.key}`}
          defaultValue={slot.markdown}
          maxLength={LONGEST_PROSE}
          rows={Math.min(20, Math.max(4, slot.markdown.split("\n").length + 2))}
          spellCheck
          aria-describedby={slot.conflict ? `${id}-conflit` : undefined}
          onChange={(event) => ask(event.currentTarget.value)}
        />
      </div>
      <input type="hidden" name={`revision:${slot.key}`} value={slot.revision} />
      <label className="choice" htmlFor={`${id}-interne`}>
        <input
          type="checkbox"
          id={`${id}-interne`}
          name={`interne:${slot.key}`}
          value="on"
          defaultChecked={slot.internal}
        />
        <span>Interne&nbsp;: cette partie n’est pas publiée</span>
      </label>
      {shown && shown.length > 0 && (
        <div className="prose-preview book">
          <p className="document-internal">Aperçu</p>
          <ProseView content={shown} level={2} />
        </div>
      )}
    </section>
  );
}
