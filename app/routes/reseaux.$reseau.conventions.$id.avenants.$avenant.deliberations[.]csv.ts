import type { LoaderFunctionArgs } from "@remix-run/node";
import { composeScdlDeliberations } from "~/documents/scdl-deliberations";
import { loadAmendmentPage } from "~/features/agreements/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";

/** The boards' acts about an amendment, as open data: those whose organisation has its SIRET. */
export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "agreement.read");
  const [id, amendmentId] = [requireParam(args.params, "id"), requireParam(args.params, "avenant")];
  const view = await loadAmendmentPage(command.db, network.id, id, amendmentId, today(systemClock));
  if (!view) throw notFound();
  const { agreement, amendment, boards } = view;
  const verb = { approved: "Approbation", rejected: "Rejet" } as const;
  const lines = boards.flatMap(({ label, siret, vote }) =>
    vote === null || siret === null
      ? []
      : [
          {
            ...{
              body: label,
              siret,
              id: vote.number,
              on: vote.on,
              transmittedOn: vote.transmittedOn,
              votes: vote.votes,
            },
            object: `${verb[vote.outcome]} de l’avenant n° ${amendment.number} à la convention « ${agreement.title} » : ${amendment.title}`,
          },
        ],
  );
  return new Response(composeScdlDeliberations(lines), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="deliberations-${network.slug}-avenant-${amendment.number}.csv"`,
      "Cache-Control": "private, no-store",
    },
  });
}
