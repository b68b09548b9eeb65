import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { formatDateTime, toSeat } from "~/documents/french";
import { can, holdsSeat } from "~/domain/access/permissions";
import type { SeatId } from "~/domain/kernel/ids";
import { recordProxy, revokeProxy } from "~/features/attendance/commands.server";
import { parseProxy, parseRevocation, type ProxyFields } from "~/features/attendance/form";
import { proxyMessage, proxyStatusLabel } from "~/features/attendance/messages.fr";
import { findRoom } from "~/features/attendance/queries.server";
import { localNow, systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { notFound, noteForeignSeat, openMemberPage, requireParam, requirePermission } from "~/services/gate.server";
import { ActKey, Button, ErrorSummary, SelectField } from "~/ui/forms";
import { EmptyState, Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Pouvoirs" }];

const DONE: Record<string, string> = { pouvoir: "Pouvoir enregistré.", revoque: "Pouvoir révoqué." };

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "meeting.read");
  const room = await findRoom(getDb(), network.id, requireParam(args.params, "id"), {
    now: localNow(systemClock),
    actor: viewer,
  });
  if (!room) throw notFound();
  const scope = { networkId: network.id, state: room.head.status };
  const mayRecord = can(viewer, "proxy.record", scope);
  const mayGive = can(viewer, "proxy.give", scope);
  const inOffice = room.seats.filter(({ place }) => place !== "vacant");
  const toOption = ({ id, label }: { readonly id: string; readonly label: string }) => ({ value: id, label });
  return {
    slug: network.slug,
    meeting: { id: room.head.id, title: room.head.title, startsAt: room.head.startsAt },
    proxiesAllowed: room.proxiesAllowed,
    proxies: room.proxies.map((proxy) => ({
      ...proxy,
      mayRevoke: !proxy.isRevoked && (mayRecord || (mayGive && proxy.isMine)),
    })),
    givers: inOffice.filter(({ isMine }) => mayRecord || (mayGive && isMine)).map(toOption),
    holders: inOffice.map(toOption),
    actKey: systemClock.newId(),
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { network, viewer, command } = await openMemberPage(args, "meeting.read");
  const meetingId = requireParam(args.params, "id");
  const form = await args.request.formData();
  const here = `/reseaux/${network.slug}/seances/${meetingId}/pouvoirs`;
  if (form.get("intent") === "revoquer") {
    await requirePermission(args, viewer, "proxy.revoke", network.id, "open");
    const submission = parseRevocation(form);
    if (submission.status !== "success") throw notFound();
    const decision = await revokeProxy(command, meetingId, submission.value.pouvoir);
    if (decision.ok) return redirect(`${here}?fait=revoque`);
    if (decision.refusal === "not-your-seat") await requirePermission(args, viewer, "proxy.record", network.id, "open");
    if (decision.refusal === "proxy-unknown" || decision.refusal === "meeting-not-found") throw notFound();
    return data({ result: null, refusal: proxyMessage(decision.refusal) }, { status: 409 });
  }
  const submission = parseProxy(form);
  if (submission.status !== "success") return data({ result: submission.reply(), refusal: null }, { status: 400 });
  const isOwn = holdsSeat(viewer, network.id, submission.value.mandant as SeatId);
  await requirePermission(args, viewer, isOwn ? "proxy.give" : "proxy.record", network.id, "open");
  const decision = await recordProxy(command, meetingId, submission.value);
  if (decision.ok) return redirect(`${here}?fait=pouvoir`);
  if (decision.refusal === "meeting-not-found") throw notFound();
  const result = submission.reply({ formErrors: [proxyMessage(decision.refusal)] });
  const isForeign = decision.refusal === "seat-unknown";
  if (isForeign) await noteForeignSeat(args, command, submission.value.mandataire);
  return data({ result, refusal: null }, { status: isForeign ? 403 : 409 });
}

export default function ProxiesPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { slug, meeting, proxies, givers, holders } = view;
  const [form, fields] = useForm<ProxyFields>({
    id: "pouvoir",
    ...(answer?.result ? { lastResult: answer.result } : {}),
    defaultValue: { mandant: givers.length === 1 ? (givers[0]?.value ?? "") : "", mandataire: "" },
  });
  return (
    <Page
      title="Pouvoirs"
      lead={`${meeting.title}, ${formatDateTime(meeting.startsAt)}`}
      crumbs={[
        { label: "Séances", to: `/reseaux/${slug}/seances` },
        { label: meeting.title, to: `/reseaux/${slug}/seances/${meeting.id}` },
      ]}
    >
      {answer?.refusal && (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      {!answer && view.done && (
        <Notice tone="reached" role="status">
          <p>{view.done}</p>
        </Notice>
      )}
      <p>
        Un pouvoir est écrit, vaut pour cette séance et se révoque à tout moment. Il porte une voix tant que le siège
        qui le donne est absent et que celui qui le reçoit est présent. Il ne compte jamais dans le quorum.
      </p>
      <Section title="Pouvoirs de cette séance" id="liste">
        {proxies.length === 0 ? (
          <EmptyState>
            <p>Aucun pouvoir n’est enregistré. Ceux qui seront donnés apparaîtront ici.</p>
          </EmptyState>
        ) : (
          <ul className="plain-list">
            {proxies.map((proxy) => (
              <li key={proxy.id}>
                <strong>{proxy.giver}</strong> donne pouvoir <strong>{toSeat(proxy.holder)}</strong>{" "}
                <Tag
                  tone={
                    proxy.suspendedBy === null ? "reached" : proxy.suspendedBy === "revoked" ? "neutral" : "pending"
                  }
                >
                  {proxyStatusLabel(proxy.suspendedBy)}
                </Tag>
                <p className="small soft">Enregistré {formatDateTime(proxy.givenAt)}</p>
                {proxy.mayRevoke && (
                  <Form method="post" className="screen-only">
                    <input type="hidden" name="intent" value="revoquer" />
                    <input type="hidden" name="pouvoir" value={proxy.id} />
                    <Button look="small">
                      Révoquer<span className="visually-hidden"> le pouvoir de {proxy.giver}</span>
                    </Button>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      {view.proxiesAllowed && givers.length > 0 && (
        <Section title={givers.length === 1 ? "Donner pouvoir" : "Enregistrer un pouvoir écrit"} id="nouveau">
          <ErrorSummary form={form} />
          <Form method="post" {...getFormProps(form)} noValidate>
            <ActKey value={view.actKey} />
            <SelectField field={fields.mandant} label="Siège qui donne pouvoir" options={givers} empty="Choisissez" />
            <SelectField field={fields.mandataire} label="Siège qui le reçoit" options={holders} empty="Choisissez" />
            <Button>Enregistrer le pouvoir</Button>
          </Form>
        </Section>
      )}
      {!view.proxiesAllowed && <p>Le règlement de fonctionnement ne permet pas de donner pouvoir.</p>}
      <p>
        <Link to={`/reseaux/${slug}/seances/${meeting.id}`}>Revenir à la séance</Link>
      </p>
    </Page>
  );
}
