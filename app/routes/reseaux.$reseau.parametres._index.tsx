import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { can, type Action } from "~/domain/access/permissions";
import { openMemberPage } from "~/services/gate.server";
import { Page } from "~/ui/page";

export const meta: MetaFunction = () => [{ title: "Paramètres du réseau" }];

type Door = { readonly path: string; readonly label: string; readonly text: string; readonly action: Action };

const DOORS: readonly Door[] = [
  {
    path: "parametres/reglement",
    label: "Règlement de fonctionnement",
    text: "Quorum, majorité, pouvoirs, convocation : les règles en vigueur et leurs versions.",
    action: "rules.read",
  },
  {
    path: "membres",
    label: "Comité et désignations",
    text: "Qui siège, par quel mandat ; désigner, renouveler.",
    action: "mandate.record",
  },
  {
    path: "parametres/reseau",
    label: "Présentation du réseau",
    text: "Le texte et les coordonnées que lit le public.",
    action: "network.edit",
  },
  {
    path: "parametres/envois",
    label: "Envois",
    text: "Les courriels du réseau, leur état et la preuve de leur envoi.",
    action: "outbox.read",
  },
  {
    path: "parametres/registre",
    label: "Registre des actes",
    text: "Tout ce qui a été fait, numéroté et scellé ; vérification et export.",
    action: "register.read",
  },
  {
    path: "parametres/journal",
    label: "Journal de sécurité",
    text: "Les accès refusés et les exports de ce réseau.",
    action: "audit.read",
  },
];

export async function loader(args: LoaderFunctionArgs) {
  const { network, viewer } = await openMemberPage(args, "rules.read");
  const doors = DOORS.filter(({ action }) => can(viewer, action, { networkId: network.id }));
  return { slug: network.slug, doors, isAdministrator: viewer.isAdministrator };
}

export default function SettingsPage() {
  const { slug, doors, isAdministrator } = useLoaderData<typeof loader>();
  return (
    <Page title="Paramètres du réseau" lead="Les règles du comité et la trace de ce qui a été fait.">
      <ul className="plain-list">
        {doors.map(({ path, label, text }) => (
          <li key={path}>
            <Link to={`/reseaux/${slug}/${path}`}>
              <strong>{label}</strong>
            </Link>
            <br />
            {text}
          </li>
        ))}
        <li>
          <Link to="/droits">
            <strong>Qui peut faire quoi</strong>
          </Link>
          <br />
          Le tableau des droits, lisible par tous.
        </li>
        {isAdministrator && (
          <li>
            <Link to="/administration">
              <strong>Administration du portail</strong>
            </Link>
            <br />
            Organismes, sièges, comptes et rôles.
          </li>
        )}
      </ul>
    </Page>
  );
}
