import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { formatInteger } from "~/documents/french";
import { findImport, findOrder, requestImport } from "~/features/figures/import-jobs.server";
import { DATASET_LABELS, tellsNothingNew } from "~/features/figures/messages.fr";
import { systemClock } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { startImportProcess } from "~/services/import-process.server";
import { isId } from "~/domain/kernel/ids";
import { ActKey, Button } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

/** Without a script, the page asks for itself again while the import runs. */
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: "Import de chiffres" },
  ...(data?.isRunning ? [{ httpEquiv: "refresh", content: "2" }] : []),
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "figures.import");
  const job = await findImport(command.db, network.id, requireParam(args.params, "id"));
  if (job === null) throw notFound();
  return {
    job,
    isWorthImporting: job.state === "done" && job.isSimulation && !tellsNothingNew(job.lines),
    isRunning: job.state === "waiting" || job.state === "running",
    dataset: DATASET_LABELS[job.kind] ?? job.kind,
    root: `/reseaux/${network.slug}`,
    actKey: systemClock.newId(),
  };
}

/** Does for real what a simulation told. */
export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "figures.import");
  const id = requireParam(args.params, "id");
  const order = await findOrder(command.db, network.id, id);
  const job = await findImport(command.db, network.id, id);
  const cle = String((await args.request.formData()).get("cle") ?? "");
  const here = `/reseaux/${network.slug}/observatoire/donnees/imports`;
  if (order === null || job === null || job.state !== "done" || !order.isSimulation || !isId(cle)) throw notFound();
  const decision = await requestImport(command, { ...order, cle, byteSize: job.byteSize, isSimulation: false });
  if (!decision.ok) return redirect(`${here}/${id}`);
  if (decision.value.isNew) startImportProcess(decision.value.id);
  return redirect(`${here}/${decision.value.id}`);
}

export default function ImportJobPage() {
  const { job, isRunning, isWorthImporting, dataset, root, actKey } = useLoaderData<typeof loader>();
  const share = job.byteSize === 0 ? 0 : Math.min(100, Math.round((job.bytesRead / job.byteSize) * 100));
  return (
    <Page
      title={job.isSimulation ? "Simulation d’un import" : "Import de chiffres"}
      lead={`${job.fileName} : ${dataset}`}
      crumbs={[
        { label: "Observatoire", to: `${root}/observatoire` },
        { label: "Sources", to: `${root}/observatoire/donnees` },
        { label: "Importer", to: `${root}/observatoire/donnees/importer` },
      ]}
    >
      {isRunning && (
        <Notice tone="pending" title="Import en cours" role="status">
          <p>
            <progress value={share} max={100} aria-label="Avancement de l’import" /> {share} % du fichier lu,{" "}
            {formatInteger(job.rowsRead)} lignes. La page se met à jour toutes les deux secondes ; vous pouvez la
            quitter.
          </p>
        </Notice>
      )}
      {job.state === "done" && (
        <Notice tone={job.isSimulation ? "info" : "reached"} role="status">
          {job.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      {(job.state === "refused" || job.state === "failed") && (
        <Notice tone="missed" title="Rien n’est importé" role="status">
          {job.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      {isWorthImporting && (
        <Form method="post">
          <ActKey value={actKey} />
          <Button>Importer ce fichier</Button>
        </Form>
      )}
      <p>
        <Link to={`${root}/observatoire/donnees`}>Toutes les sources</Link>
      </p>
    </Page>
  );
}
