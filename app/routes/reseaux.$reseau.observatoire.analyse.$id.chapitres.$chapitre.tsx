import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { DocumentBlock } from "~/documents/document-model";
import { formatOf } from "~/documents/french";
import { composeChapter } from "~/documents/needs-report";
import { checkReferences, problemSentence } from "~/documents/needs-references";
import { INDICATORS } from "~/domain/observatory/catalogue";
import { THEMES, type ThemeCode } from "~/domain/observatory/indicator";
import { saveChapter } from "~/features/needs-analysis/commands.server";
import { readTypedChapter, type TypedChapter } from "~/features/needs-analysis/form";
import { CLAIM_LABELS, VERDICT_LABELS, writeMessages } from "~/features/needs-analysis/messages.fr";
import { compareTexts, type TextPiece } from "~/features/needs-analysis/compare";
import { judgeClaims, openReferenceBook } from "~/features/needs-analysis/queries.server";
import { listNetworkCommunes } from "~/services/figures-record.server";
import { notFound, requireParam } from "~/services/gate.server";
import { DocumentBlocks } from "~/ui/document-view";
import { Button } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";
import { TextDifference } from "~/ui/text-difference";
import { openReportFor } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export const meta: MetaFunction<typeof loader> = ({ data: view }) => [
  { title: view ? `Rédiger : ${view.title}` : "Rédiger un chapitre" },
];

async function openChapter(args: LoaderFunctionArgs) {
  const opened = await openReportFor(args, "analysis.write");
  const chapterId = requireParam(args.params, "chapitre");
  const chapter = opened.report.chapters.find(({ id }) => id === chapterId);
  if (!chapter) throw notFound();
  if (opened.report.status === "adopted") throw redirect(opened.home);
  return { ...opened, chapter };
}

export async function loader(args: LoaderFunctionArgs) {
  const { root, home, chapter, report, network, command } = await openChapter(args);
  const communes = await listNetworkCommunes(command.db, network.id);
  return {
    ...{ root, home, reportTitle: report.title },
    ...{ title: chapter.title, guidance: chapter.guidance, markdown: chapter.markdown, revision: chapter.revision },
    isSaved: new URL(args.request.url).searchParams.get("fait") === "enregistre",
    communes: communes.map(({ code, name }) => ({ code, name })),
    themes: (Object.keys(THEMES) as ThemeCode[]).map((theme) => ({
      label: THEMES[theme],
      indicators: INDICATORS.filter((one) => one.theme === theme).map(({ code, label }) => ({ code, label })),
    })),
  };
}

type Answer = {
  readonly typed: TypedChapter;
  readonly refusals: readonly string[];
  readonly conflict: {
    readonly name: string;
    readonly theirs: string;
    readonly pieces: readonly TextPiece[];
  } | null;
  readonly preview: readonly DocumentBlock[] | null;
  readonly claims: readonly {
    readonly sentence: string;
    readonly what: string;
    readonly verdict: string;
    readonly isFalse: boolean;
  }[];
};

export async function action(args: ActionFunctionArgs) {
  const { command, network, report, home, chapter } = await openChapter(args);
  const form = await args.request.formData();
  const typed = readTypedChapter(form);
  const answer: Answer = { typed, refusals: [], conflict: null, preview: null, claims: [] };
  if (form.get("intent") === "apercu") {
    const book = await openReferenceBook(command.db, network.id, [typed.markdown]);
    return data({
      ...answer,
      refusals: checkReferences(typed.markdown, book).map(({ raw, problem }) => problemSentence(raw, problem)),
      preview: composeChapter({ id: chapter.id, title: typed.title, markdown: typed.markdown }, book).blocks,
      claims: judgeClaims(typed.markdown, book).map(({ sentence, kind, verdict }) => ({
        ...{ sentence, what: CLAIM_LABELS[kind], verdict: VERDICT_LABELS[verdict], isFalse: verdict === "false" },
      })),
    } satisfies Answer);
  }
  const decision = await saveChapter(command, report.id, chapter.id, typed);
  if (!decision.ok)
    return data({ ...answer, refusals: writeMessages(decision.refusal) } satisfies Answer, { status: 409 });
  const conflict = decision.value;
  if (conflict) {
    const { theirs, theirName } = conflict;
    return data(
      {
        ...answer,
        typed: { ...typed, revision: theirs.revision },
        conflict: { name: theirName, theirs: theirs.markdown, pieces: compareTexts(theirs.markdown, typed.markdown) },
      } satisfies Answer,
      { status: 409 },
    );
  }
  return redirect(
    form.get("intent") === "quitter" ? `${home}?fait=enregistre` : `${home}/chapitres/${chapter.id}?fait=enregistre`,
  );
}

export default function WriteChapterPage() {
  const { root, home, reportTitle, title, guidance, markdown, revision, isSaved, communes, themes } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed = answer?.typed ?? { title, markdown, revision };
  return (
    <Page title={`Rédiger : ${title}`} lead={guidance} crumbs={[{ label: reportTitle, to: home }]}>
      <ObservatoryNav root={root} />
      {isSaved && !answer && (
        <Notice tone="reached" role="status">
          <p>Le chapitre est enregistré.</p>
        </Notice>
      )}
      {answer && answer.refusals.length > 0 && (
        <Notice
          tone="missed"
          role="alert"
          title={
            answer.preview
              ? "À corriger avant d’enregistrer"
              : "Le chapitre n’est pas enregistré ; votre texte est ci-dessous"
          }
        >
          <ul>
            {answer.refusals.map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
        </Notice>
      )}
      {answer?.conflict && (
        <>
          <Notice
            tone="missed"
            role="alert"
            title={`${answer.conflict.name} a enregistré un autre texte pendant que vous écriviez`}
          >
            <p>
              Rien n’est perdu&nbsp;: votre texte est dans la page, le sien est enregistré. Reprenez ce qui manque dans
              le vôtre, puis enregistrez à nouveau.
            </p>
          </Notice>
          <TextDifference
            pieces={answer.conflict.pieces}
            beforeLabel={`Texte enregistré par ${answer.conflict.name}`}
            afterLabel="Votre texte, pas encore enregistré"
          />
          <details>
            <summary>Copier le texte {formatOf(answer.conflict.name)}</summary>
            <textarea
              readOnly
              aria-label={`Texte ${formatOf(answer.conflict.name)}`}
              defaultValue={answer.conflict.theirs}
              rows={8}
            />
          </details>
        </>
      )}
      <Form method="post" noValidate>
        <div className="field">
          <label htmlFor="titre">Titre du chapitre</label>
          <input type="text" id="titre" name="titre" defaultValue={typed.title} maxLength={160} />
        </div>
        <div className="field">
          <label htmlFor="texte">Texte</label>
          <p className="hint" id="texte-aide">
            Markdown. Un chiffre s’écrit par sa référence, <code>{"{{ind:taux-de-chomage@44015}}"}</code>, un graphique
            seul sur sa ligne, <code>{"{{graph:demandeurs-emploi/evolution}}"}</code>&nbsp;: le rapport montre toujours
            la valeur du jour.
          </p>
          <textarea
            id="texte"
            name="texte"
            defaultValue={typed.markdown}
            rows={18}
            spellCheck
            aria-describedby="texte-aide"
          />
        </div>
        <input type="hidden" name="revision" value={typed.revision} />
        <div className="save-bar row">
          <Button name="intent" value="enregistrer">
            Enregistrer
          </Button>
          <Button name="intent" value="quitter" look="quiet">
            Enregistrer et revenir au rapport
          </Button>
          <Button name="intent" value="apercu" look="quiet">
            Aperçu
          </Button>
          <Link to={home}>Abandonner les changements</Link>
        </div>
      </Form>
      {answer?.preview && (
        <section className="prose-preview book" aria-label="Aperçu">
          <p className="document-internal">Aperçu, pas encore enregistré</p>
          {answer.claims.length > 0 && (
            <ul>
              {answer.claims.map(({ sentence, what, verdict, isFalse }) => (
                <li key={`${sentence} ${what}`}>
                  <Tag tone={isFalse ? "missed" : verdict === VERDICT_OK ? "reached" : "pending"}>{verdict}</Tag>{" "}
                  {sentence}
                </li>
              ))}
            </ul>
          )}
          <DocumentBlocks blocks={answer.preview as readonly DocumentBlock[]} />
        </section>
      )}
      <details className="section">
        <summary>Les références possibles</summary>
        <p>
          Après le code, <code>@</code> et un lieu&nbsp;:{" "}
          {communes.map(({ code, name }) => `${code} (${name})`).join(", ")}, <code>reseau</code>,{" "}
          <code>departement</code>, <code>france</code>. Après <code>#</code>, une période. Un graphique peut être{" "}
          <code>/comparaison</code>, <code>/evolution</code> ou <code>/carte</code>.
        </p>
        {themes.map(({ label, indicators }) => (
          <section key={label} aria-label={label}>
            <h2>{label}</h2>
            <ul>
              {indicators.map(({ code, label: name }) => (
                <li key={code}>
                  <code>{`{{ind:${code}}}`}</code> {name}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </details>
    </Page>
  );
}

const VERDICT_OK = "vérifiée";
