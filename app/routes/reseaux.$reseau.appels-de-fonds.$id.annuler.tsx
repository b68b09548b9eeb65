import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { formatCents, formatDate } from "~/documents/french";
import { callTitle } from "~/documents/funding-call";
import { cancelIssuedCall } from "~/features/funding/commands.server";
import { cancelMessage } from "~/features/funding/messages.fr";
import { findCall } from "~/features/funding/queries.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Annuler un appel de fonds" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.call");
  const call = await findCall(command.db, network.id, requireParam(args.params, "id"));
  if (!call) throw notFound();
  const paid = call.statements.flatMap(({ facts }) => facts.payments).length;
  const titled = call.statements.filter(({ facts }) => facts.title !== null).length;
  return {
    ...{ title: callTitle(call.snapshot), claimed: call.snapshot.call.claimed, paid, titled, id: call.id },
    cancelledOn: call.cancellation?.cancelledOn ?? null,
    root: `/reseaux/${network.slug}/appels-de-fonds`,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "funding.call");
  const callId = requireParam(args.params, "id");
  const reason = String((await args.request.formData()).get("motif") ?? "").slice(0, 1000);
  const decision = await cancelIssuedCall(command, callId, reason);
  if (!decision.ok && decision.refusal === "call-unknown") throw notFound();
  if (!decision.ok) return data({ refusal: cancelMessage(decision.refusal), reason }, { status: 409 });
  return redirect(`/reseaux/${network.slug}/appels-de-fonds/${callId}`, 303);
}

export default function CancelCallPage() {
  const { title, claimed, paid, titled, id, cancelledOn, root } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page
      title="Annuler l’appel"
      lead={`${title}, ${formatCents(claimed)} appelés.`}
      crumbs={[
        { label: "Appels de fonds", to: root },
        { label: title, to: `${root}/${id}` },
      ]}
    >
      {refused && (
        <Notice tone="missed" role="alert" title="L’appel n’est pas annulé">
          <p>{refused.refusal}</p>
        </Notice>
      )}
      {cancelledOn === null ? (
        <CancelForm paid={paid} titled={titled} reason={refused?.reason ?? ""} />
      ) : (
        <p>
          Cet appel est annulé depuis le {formatDate(cancelledOn)}. <Link to={`${root}/${id}`}>Le relire</Link>
        </p>
      )}
    </Page>
  );
}

type CancelFormProps = { readonly paid: number; readonly titled: number; readonly reason: string };

function CancelForm({ paid, titled, reason }: CancelFormProps) {
  return (
    <>
      <p>
        L’appel restera lisible, marqué annulé, et ses factures pourront être appelées de nouveau. Le portail n’annule
        {titled === 0
          ? " aucun titre : aucun n’est noté"
          : ` pas les titres (${titled} noté${titled > 1 ? "s" : ""}) : le comptable le fait`}
        {paid > 0 && ` ; ${paid} paiement${paid > 1 ? "s" : ""} noté${paid > 1 ? "s seront" : " sera"} à rendre`}.
      </p>
      <Form method="post">
        <div className="field">
          <label htmlFor="motif">Motif</label>
          <textarea id="motif" name="motif" rows={3} required maxLength={1000} defaultValue={reason} />
        </div>
        <Button look="danger">Annuler l’appel</Button>
      </Form>
    </>
  );
}
