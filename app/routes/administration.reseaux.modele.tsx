import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { isId, type NetworkId } from "~/domain/kernel/ids";
import { parsePlainDate } from "~/domain/kernel/plain-date";
import { draftMessage } from "~/features/agreements/messages.fr";
import { draftFromModel, encodeModel, moveModel, noteOfModel } from "~/features/agreements/models.server";
import { networkReply } from "~/features/networks/messages.fr";
import { addSeat, createNetwork } from "~/features/networks/network-commands.server";
import { isOrganizationKind, isSignatoryKind } from "~/features/networks/organization";
import { listOrganizations } from "~/features/networks/queries.server";
import { requireViewer } from "~/services/actor.server";
import { findAgreementModel, listAgreementModels, type AgreementModel } from "~/services/agreement-models.server";
import { systemClock, today } from "~/services/clock.server";
import { getDb } from "~/services/db.server";
import { requirePermission } from "~/services/gate.server";
import { ActKey, Button } from "~/ui/forms";
import { Page } from "~/ui/page";
import { Notice } from "~/ui/status";

export const meta: MetaFunction = () => [{ title: "Créer un réseau à partir d’un texte — Administration" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  await requirePermission({ request, context }, viewer, "network.create", null);
  return {
    actKey: systemClock.newId(),
    day: today(systemClock),
    models: listAgreementModels().map(({ key, title, organizations, clauses, note }) => ({
      ...{ key, title, note, clauses: clauses.length },
      seats: organizations.filter(({ isSeated }) => isSeated).map(({ name }) => name),
    })),
    organizations: (await listOrganizations(getDb())).map(({ id, name }) => ({ id, name })),
  };
}

type Known = { readonly id: string; readonly name: string; readonly inseeCode: string | null; readonly kind: string };

/** The record of the portal for an organisation of the text, or the organisation itself, to create. */
function choiceOf(organization: AgreementModel["organizations"][number], known: readonly Known[]) {
  const { kind, name, shortName, inseeCode } = organization;
  const twin = known.find(
    (one) => one.kind === kind && (inseeCode === null ? one.name === name : one.inseeCode === inseeCode),
  );
  return twin
    ? ({ kind: "known", id: twin.id } as const)
    : ({ kind: "new", organization: { kind, name, shortName, inseeCode, siret: null } } as const);
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireViewer(request, context);
  await requirePermission({ request, context }, actor, "network.create", null);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const typed = {
    modele: text("modele"),
    nom: text("nom"),
    adresse: text("adresse"),
    effet: text("effet"),
    pilote: text("pilote"),
  };
  const refused = (message: string, status: 400 | 409) => data({ message, typed }, { status });
  const cle = text("cle");
  const model = findAgreementModel(typed.modele);
  const effectOn = parsePlainDate(typed.effet);
  if (!isId(cle)) return refused("Cette page est incomplète : rechargez-la.", 400);
  if (!model) return refused("Choisissez le texte qui sert de modèle.", 400);
  if (typed.nom.length < 3 || typed.nom.length > 120)
    return refused("Donnez le nom du réseau, de 3 à 120 caractères.", 400);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(typed.adresse) || typed.adresse.length > 60)
    return refused("L’adresse ne compte que des minuscules sans accent, des chiffres et des tirets.", 400);
  if (effectOn === null) return refused("Indiquez la date d’effet de la convention.", 400);
  const db = getDb();
  const networkId = cle as NetworkId;
  const command = { db, clock: systemClock, networkId, actor };
  const known = (await listOrganizations(db)).filter(({ kind }) => isOrganizationKind(kind));
  const own = known.find(({ id, kind }) => id === typed.pilote && isSignatoryKind(kind));
  const lead = model.organizations.find(({ key }) => key === model.lead);
  if (!lead) throw new Error(`The model ${model.key} has no lead`);
  const created = await createNetwork(command, {
    ...{ cle, name: typed.nom, slug: typed.adresse, presentationMd: own ? "" : model.presentation, contactMd: "" },
    lead: own ? { kind: "known", id: own.id } : choiceOf(lead, known),
  });
  if (!created.ok) {
    const reply = networkReply(created.refusal);
    const messages = "formErrors" in reply ? reply.formErrors : Object.values(reply.fieldErrors).flat();
    return refused(messages.join(" "), 409);
  }
  if (!own)
    for (const [index, organization] of model.organizations.entries())
      if (organization.isSeated && organization.key !== model.lead)
        await addSeat(command, { cle: `${cle}-s${index}`.slice(-60), organization: choiceOf(organization, known) });
  const agreementId = `${cle}-c`;
  const after = await listOrganizations(db);
  const ids = new Map(
    model.organizations.flatMap((organization) => {
      const choice = choiceOf(organization, after);
      return choice.kind === "known" ? [[organization.key, choice.id] as const] : [];
    }),
  );
  const encoded = await encodeModel(command, model, {
    ...draftFromModel(moveModel(model, effectOn), {
      cle: agreementId,
      organizations: ids,
      effectOn,
      keepsHabilitations: false,
    }),
    note: noteOfModel(model),
  });
  if (!encoded.ok) return refused(draftMessage(encoded.refusal), 409);
  return redirect(`/administration/reseaux/${created.value.slug}?fait=${own ? "reseau" : "modele"}`, 303);
}

export default function NetworkFromModelPage() {
  const { actKey, day, models, organizations } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const typed = answered?.typed;
  return (
    <Page
      title="Créer un réseau à partir d’un texte"
      lead="Les organismes, les sièges, les articles et les clauses du texte sont recopiés ; dates, délibérations et signature restent à noter."
      crumbs={[{ label: "Réseaux", to: "/administration" }]}
    >
      {answered && (
        <Notice tone="missed" role="alert" title="Rien n’a été créé">
          <p>{answered.message}</p>
        </Notice>
      )}
      <Form method="post">
        <ActKey value={actKey} />
        <fieldset className="field">
          <legend>Texte qui sert de modèle</legend>
          {models.map(({ key, title, clauses, seats }) => (
            <label className="choice" key={key}>
              <input type="radio" name="modele" value={key} defaultChecked={typed?.modele === key} />
              <span>
                {title}
                <span className="hint">
                  {clauses} clauses ; sièges : {seats.join(", ")}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="modele-nom">Nom du réseau</label>
          <input id="modele-nom" name="nom" type="text" defaultValue={typed?.nom} />
        </div>
        <div className="field">
          <label htmlFor="modele-adresse">Adresse du réseau</label>
          <p className="hint" id="modele-adresse-aide">
            Un mot sans accent ; les pages seront à /reseaux/ suivi de ce mot. Elle ne changera plus.
          </p>
          <input
            id="modele-adresse"
            name="adresse"
            type="text"
            data-width="short"
            aria-describedby="modele-adresse-aide"
            defaultValue={typed?.adresse}
          />
        </div>
        <div className="field">
          <label htmlFor="modele-pilote">CCAS pilote</label>
          <p className="hint" id="modele-pilote-aide">
            Avec un autre pilote que celui du texte, seul son siège est créé ; les autres s’ajoutent ensuite.
          </p>
          <select
            id="modele-pilote"
            name="pilote"
            aria-describedby="modele-pilote-aide"
            defaultValue={typed?.pilote ?? ""}
          >
            <option value="">Celui du texte, avec tous ses sièges</option>
            {organizations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="modele-effet">Date d’effet de la convention</label>
          <input id="modele-effet" name="effet" type="date" data-width="short" defaultValue={typed?.effet ?? day} />
        </div>
        <Button>Créer le réseau</Button>
      </Form>
    </Page>
  );
}
