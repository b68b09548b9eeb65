import { getFormProps, useForm } from "@conform-to/react";
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { CAPACITY_LABELS } from "~/domain/access/permissions";
import type { PersonId } from "~/domain/kernel/ids";
import { parisLocalAt } from "~/domain/kernel/paris-time";
import { formatDate, formatDateTime, NBSP } from "~/documents/french";
import { findTwoFactorState, removeTwoFactor } from "~/features/account/two-factor.server";
import { editPersonSchema, parseForm, type EditPersonFields } from "~/features/networks/form";
import { networkMessage, networkReply } from "~/features/networks/messages.fr";
import { editPerson, inviteAgain, setAccountEnabled } from "~/features/networks/person-commands.server";
import { findPerson, listRolesOf } from "~/features/networks/queries.server";
import { MAIL_STATUS_TONES, statusLabel } from "~/features/outbox/messages.fr";
import { findLastAccessMail } from "~/features/outbox/queries.server";
import { requireViewer } from "~/services/actor.server";
import { systemClock } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { getEnv } from "~/services/env.server";
import { notFound, requireParam, requirePermission } from "~/services/gate.server";
import { PersonFields } from "~/ui/administration";
import { Button, ErrorSummary } from "~/ui/forms";
import { Page, Section } from "~/ui/page";
import { Notice, Tag } from "~/ui/status";

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.person.displayName ?? "Personne"} — Administration` },
];

const DONE: Record<string, string> = {
  personne: "La personne est ajoutée.",
  invitation: "L’invitation est partie dans la boîte d’envoi. La précédente ne sert plus.",
  suspension: "Le compte est suspendu et ses connexions sont fermées.",
  code: "La vérification en deux étapes est retirée. La personne peut l’activer de nouveau depuis son compte.",
  retablissement: "Le compte est rétabli.",
  fiche: "La fiche est enregistrée.",
};

async function open({ request, context, params }: LoaderFunctionArgs | ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "account.manage", null);
  const person = await findPerson(getDb(), requireParam(params, "personne"));
  if (!person) throw notFound();
  return { viewer, person };
}

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, person } = await open(args);
  const mail = await findLastAccessMail(getDb(), person.id);
  return {
    person,
    hasSecondStep:
      (await findTwoFactorState(getDb(), { personId: person.id as PersonId, email: person.email })).kind === "on",
    isSelf: person.id === viewer.personId,
    roles: await listRolesOf(getDb(), person.id),
    mailLeaves: getEnv().smtpUrl !== null,
    accessMail: mail && { ...mail, createdAt: formatDateTime(parisLocalAt(new Date(mail.createdAt))) },
    done: DONE[new URL(args.request.url).searchParams.get("fait") ?? ""] ?? null,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { viewer, person } = await open(args);
  const installation = { db: getDb(), clock: systemClock };
  const form = await args.request.formData();
  const here = `/administration/personnes/${person.id}`;
  switch (form.get("acte")) {
    case "inviter": {
      const decision = await inviteAgain(installation, person.id);
      if (decision.ok) return redirect(`${here}?fait=invitation`);
      return data({ result: null, refusal: networkMessage(decision.refusal) }, { status: 409 });
    }
    case "retirer-code":
      await removeTwoFactor(installation, { personId: person.id, by: viewer.personId });
      return redirect(`${here}?fait=code`);
    case "suspendre":
    case "retablir": {
      const enabled = form.get("acte") === "retablir";
      const decision = await setAccountEnabled(installation, { personId: person.id, enabled, by: viewer.personId });
      if (decision.ok) return redirect(`${here}?fait=${enabled ? "retablissement" : "suspension"}`);
      return data({ result: null, refusal: networkMessage(decision.refusal) }, { status: 409 });
    }
    default: {
      const submission = parseForm(form, editPersonSchema);
      if (submission.status !== "success") return data({ result: submission.reply(), refusal: null }, { status: 400 });
      const decision = await editPerson(installation, { personId: person.id, ...submission.value });
      if (decision.ok) return redirect(`${here}?fait=fiche`);
      return data({ result: submission.reply(networkReply(decision.refusal)), refusal: null }, { status: 409 });
    }
  }
}

export default function PersonPage() {
  const { person, hasSecondStep, isSelf, roles, mailLeaves, accessMail, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const [form, fields] = useForm<EditPersonFields>({
    id: "fiche",
    ...(answer?.result ? { lastResult: answer.result } : {}),
    defaultValue: { displayName: person.displayName, email: person.email, functionLabel: person.functionLabel },
  });
  return (
    <Page title={person.displayName} crumbs={[{ label: "Personnes", to: "/administration/personnes" }]}>
      {done && (
        <Notice tone="reached" role="status">
          <p>{done}</p>
        </Notice>
      )}
      {answer?.refusal && (
        <Notice tone="missed" role="alert">
          <p>{answer.refusal}</p>
        </Notice>
      )}
      <Section title="Accès" id="acces">
        <p>
          {person.isDisabled ? (
            <Tag tone="missed">Suspendu</Tag>
          ) : person.hasAccess ? (
            <Tag tone="reached">Ouvert</Tag>
          ) : (
            <Tag tone="pending">Pas encore ouvert</Tag>
          )}{" "}
          {person.isAdministrator && <Tag tone="info">Administration du portail</Tag>}
        </p>
        {accessMail && (
          <p>
            Dernier courriel d’accès, préparé le {accessMail.createdAt} pour {accessMail.toAddress}
            {NBSP}: <Tag tone={MAIL_STATUS_TONES[accessMail.status]}>{statusLabel(accessMail.status, mailLeaves)}</Tag>
            {accessMail.status !== "sent" && accessMail.lastError !== null && (
              <>
                {" "}
                Le serveur d’envoi n’a pas pu le prendre ({accessMail.lastError}). Le bouton ci-dessous en envoie un
                nouveau aussitôt.
              </>
            )}
          </p>
        )}
        {!mailLeaves && (
          <p className="soft">
            Aucun serveur d’envoi n’est réglé : les messages attendent dans la boîte d’envoi jusqu’à ce qu’il le soit.
          </p>
        )}
        <div className="row">
          {!person.isDisabled && (
            <Form method="post">
              <input type="hidden" name="acte" value="inviter" />
              <Button look="quiet">{person.hasAccess ? "Envoyer un nouveau lien" : "Envoyer l’invitation"}</Button>
            </Form>
          )}
          {hasSecondStep && !isSelf && (
            <Form method="post">
              <input type="hidden" name="acte" value="retirer-code" />
              <Button look="quiet">Retirer la vérification en deux étapes</Button>
            </Form>
          )}
          {!isSelf && (
            <Form method="post">
              <input type="hidden" name="acte" value={person.isDisabled ? "retablir" : "suspendre"} />
              <Button look={person.isDisabled ? "quiet" : "danger"}>
                {person.isDisabled ? "Rétablir le compte" : "Suspendre le compte"}
              </Button>
            </Form>
          )}
        </div>
        {!isSelf && !person.isDisabled && (
          <p className="soft small">
            Suspendre ferme aussitôt toutes ses connexions. Ses votes et ses actes restent au registre, et le compte
            peut être rétabli.
          </p>
        )}
      </Section>
      <Section title="Rôles" id="roles">
        {roles.length === 0 ? (
          <p>Aucun rôle. Il se donne à la page du réseau.</p>
        ) : (
          <ul className="plain-list">
            {roles.map((role) => (
              <li key={role.id}>
                {CAPACITY_LABELS[role.role]}, {role.organization},{" "}
                <Link to={`/administration/reseaux/${role.slug}`}>{role.network}</Link>{" "}
                <span className="soft">
                  depuis le {formatDate(role.startsOn)}
                  {role.endsOn && `, jusqu’au ${formatDate(role.endsOn)}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Fiche" id="fiche">
        <ErrorSummary form={form} />
        <Form method="post" {...getFormProps(form)} noValidate>
          <PersonFields fields={fields} />
          <Button>Enregistrer la fiche</Button>
        </Form>
      </Section>
    </Page>
  );
}
