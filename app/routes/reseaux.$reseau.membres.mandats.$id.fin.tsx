import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { formatDate } from "~/documents/french";
import { parseMandateEnd, type MandateEndFields } from "~/features/people/form";
import { endMandate } from "~/features/people/mandates.server";
import { mandateEndMessage, SEAT_ROLE_LABELS } from "~/features/people/messages.fr";
import { findMandate } from "~/features/people/queries.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, openMemberPage, requireParam } from "~/services/gate.server";
import { Button, ButtonLink, ErrorSummary, TextField } from "~/ui/forms";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Mettre fin à un mandat" }];

export async function loader(args: LoaderFunctionArgs) {
  const { network } = await openMemberPage(args, "mandate.end");
  const found = await findMandate(getDb(), network.id, requireParam(args.params, "id"));
  if (!found) throw notFound();
  const { displayName, role, startsOn, endsOn } = found.mandate;
  return {
    slug: network.slug,
    seat: { id: found.seat.id, label: found.seat.label },
    mandate: { displayName, role, startsOn, endsOn },
    today: today(systemClock),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, command } = await openMemberPage(args, "mandate.end");
  const mandateId = requireParam(args.params, "id");
  const submission = parseMandateEnd(await args.request.formData());
  if (submission.status !== "success") return data({ result: submission.reply() }, { status: 400 });
  const decision = await endMandate(command, { mandateId, endsOn: submission.value.endsOn });
  if (!decision.ok) {
    if (decision.refusal === "mandate-unknown") throw notFound();
    const result = submission.reply({ fieldErrors: { endsOn: [mandateEndMessage(decision.refusal)] } });
    return data({ result }, { status: 409 });
  }
  return redirect(`/reseaux/${network.slug}/membres/sieges/${decision.value.seatId}?fait=fin`);
}

export default function EndMandatePage() {
  const { slug, seat, mandate, today: day } = useLoaderData<typeof loader>();
  const lastResult = useActionData<typeof action>()?.result;
  const [form, fields] = useForm<MandateEndFields>({
    id: "fin",
    ...(lastResult ? { lastResult } : {}),
    defaultValue: { endsOn: mandate.startsOn > day ? mandate.startsOn : day },
  });
  const back = `/reseaux/${slug}/membres/sieges/${seat.id}`;
  return (
    <Page
      title="Mettre fin à un mandat"
      lead={`${mandate.displayName}, ${SEAT_ROLE_LABELS[mandate.role].toLowerCase()} du siège « ${seat.label} » depuis le ${formatDate(mandate.startsOn)}.`}
      crumbs={[
        { label: "Comité", to: `/reseaux/${slug}/membres` },
        { label: seat.label, to: back },
      ]}
    >
      <ErrorSummary form={form} />
      <Form method="post" {...getFormProps(form)} noValidate>
        <TextField
          field={fields.endsOn}
          label="Dernier jour du mandat"
          type="date"
          data-width="short"
          min={mandate.startsOn}
          hint="Ce jour-là compris. Le lendemain, cette personne ne siège plus et ne vote plus."
        />
        <p>
          Les séances déjà tenues ne changent pas. La fin d’un mandat est inscrite au registre des actes ; elle pourra
          être avancée, pas reculée.
        </p>
        <div className="row">
          <Button look="danger">Mettre fin au mandat</Button>
          <ButtonLink to={back} look="quiet">
            Ne rien changer
          </ButtonLink>
        </div>
      </Form>
    </Page>
  );
}
