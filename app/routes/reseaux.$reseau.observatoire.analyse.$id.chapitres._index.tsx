import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { arrangeChapter } from "~/features/needs-analysis/commands.server";
import { parseArrange, type ArrangeInput } from "~/features/needs-analysis/form";
import { writeMessages } from "~/features/needs-analysis/messages.fr";
import { Button } from "~/ui/forms";
import { ObservatoryNav } from "~/ui/observatory/observatory-nav";
import { Page, Section } from "~/ui/page";
import { Notice } from "~/ui/status";
import { openReportFor } from "./reseaux.$reseau.observatoire.analyse.$id._index/open-report.server";

export const meta: MetaFunction = () => [{ title: "Ordre des chapitres" }];

export async function loader(args: LoaderFunctionArgs) {
  const { root, home, report } = await openReportFor(args, "analysis.write");
  if (report.status === "adopted") throw redirect(home);
  const asked = new URL(args.request.url).searchParams;
  const act = asked.get("acte");
  return {
    ...{ root, home, reportTitle: report.title, removed: report.removed },
    chapters: report.chapters.map(({ id, title }) => ({ id, title })),
    done: act === null ? null : { act, id: asked.get("chapitre") ?? "" },
  };
}

export async function action(args: ActionFunctionArgs) {
  const { command, home, report } = await openReportFor(args, "analysis.write");
  const submission = parseArrange(await args.request.formData());
  if (submission.status !== "success")
    return data({ fault: "La demande est incomplète\u00a0: recommencez." }, { status: 400 });
  const { chapterId, act } = submission.value;
  const decision = await arrangeChapter(command, report.id, submission.value);
  if (!decision.ok) return data({ fault: writeMessages({ kind: decision.refusal }).join(" ") }, { status: 409 });
  return redirect(`${home}/chapitres?acte=${act}&chapitre=${chapterId}`);
}

export default function ArrangeChaptersPage() {
  const { root, home, reportTitle, chapters, removed, done } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>()?.fault;
  const last = chapters.length - 1;
  const movedTo = fault ? -1 : chapters.findIndex(({ id }) => id === done?.id);
  /** The chapter just moved keeps the focus; at an end, the other way takes it. */
  const isFocused = (index: number, direction: "up" | "down"): boolean => {
    if (index !== movedTo || (done?.act !== "up" && done?.act !== "down")) return false;
    const isAtEnd = done.act === "up" ? index === 0 : index === last;
    return isAtEnd ? direction !== done.act : direction === done.act;
  };
  const taken = removed.find(({ id }) => id === done?.id);
  return (
    <Page
      title="Ordre des chapitres"
      lead="Le rapport suit cet ordre. Un chapitre retiré garde son texte et peut revenir, jusqu’à l’adoption."
      crumbs={[
        { label: "Analyse des besoins sociaux", to: `${root}/observatoire/analyse` },
        { label: reportTitle, to: home },
      ]}
    >
      <ObservatoryNav root={root} />
      {fault && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{fault}</p>
        </Notice>
      )}
      {!fault && done?.act === "remove" && taken && (
        <Notice tone="reached" role="status">
          <p>« {taken.title} » est retiré du rapport.</p>
        </Notice>
      )}
      {movedTo >= 0 && (
        <Notice tone="reached" role="status">
          <p>
            « {chapters[movedTo]?.title} » est maintenant le chapitre {movedTo + 1} sur {chapters.length}.
          </p>
        </Notice>
      )}
      <ol>
        {chapters.map(({ id, title }, index) => (
          <li key={id}>
            <Link to={`${home}/chapitres/${id}`}>{title}</Link>
            <ArrangeForm chapterId={id} place={index}>
              <Button
                look="small"
                name="act"
                value="up"
                disabled={index === 0}
                // eslint-disable-next-line jsx-a11y/no-autofocus
                autoFocus={isFocused(index, "up")}
              >
                Monter<span className="visually-hidden">{` : ${title}, chapitre ${index + 1} sur ${last + 1}`}</span>
              </Button>
              <Button
                look="small"
                name="act"
                value="down"
                disabled={index === last}
                // eslint-disable-next-line jsx-a11y/no-autofocus
                autoFocus={isFocused(index, "down")}
              >
                Descendre<span className="visually-hidden">{` : ${title}, chapitre ${index + 1} sur ${last + 1}`}</span>
              </Button>
              <Button look="small" name="act" value="remove">
                Retirer<span className="visually-hidden">{` : ${title}`}</span>
              </Button>
            </ArrangeForm>
          </li>
        ))}
      </ol>
      {removed.length > 0 && (
        <Section title="Chapitres retirés" id="retires">
          <ul>
            {removed.map(({ id, title }) => (
              <li key={id}>
                {title}
                <ArrangeForm chapterId={id} place={0}>
                  <Button look="small" name="act" value="restore">
                    Remettre à la fin<span className="visually-hidden">{` : ${title}`}</span>
                  </Button>
                </ArrangeForm>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p>
        <Link to={home}>Revenir au rapport</Link>
      </p>
    </Page>
  );
}

type ArrangeFormProps = Pick<ArrangeInput, "chapterId" | "place"> & { readonly children: ReactNode };

function ArrangeForm({ chapterId, place, children }: ArrangeFormProps) {
  return (
    <Form method="post" className="row">
      <input type="hidden" name="chapterId" value={chapterId} />
      <input type="hidden" name="place" value={place} />
      {children}
    </Form>
  );
}
