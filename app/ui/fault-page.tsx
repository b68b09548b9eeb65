import { isRouteErrorResponse, Link } from "@remix-run/react";
import { Page } from "./page";

type Fault = { readonly title: string; readonly text: string };

const FAULTS: Record<number, Fault> = {
  400: {
    title: "Demande incomprise",
    text: "La demande est incomplète ou mal formée. Revenez à la page précédente et recommencez.",
  },
  403: {
    title: "Accès refusé",
    text: "Votre compte ne permet pas cette action. La demande a été notée dans le journal de sécurité.",
  },
  404: {
    title: "Page introuvable",
    text: "Cette adresse ne correspond à rien, ou à rien que vous puissiez voir. Vérifiez-la si vous l’avez recopiée.",
  },
  405: { title: "Action impossible ici", text: "Cette adresse ne reçoit pas ce genre de demande." },
  409: { title: "Enregistrement impossible", text: "Rien n’a été enregistré. Revenez à la page précédente." },
  503: {
    title: "Le portail est momentanément occupé",
    text: "Rien n’a été enregistré. Réessayez dans quelques instants.",
  },
};

const BREAKDOWN: Fault = {
  title: "Une panne est survenue",
  text: "La demande n’a pas abouti et rien n’a été enregistré. La panne a été notée ; réessayez dans quelques instants.",
};

function explain(fault: unknown): Fault {
  return (isRouteErrorResponse(fault) ? FAULTS[fault.status] : undefined) ?? BREAKDOWN;
}

/** For the window's title: what went wrong, never the internals of the fault. */
export function faultTitle(fault: unknown): string {
  return `${explain(fault).title} – Portail des réseaux de CCAS`;
}

/** What a route says of its refusal. Remix writes its own refusals in English, as an « Error: … ». */
function detailOf(fault: unknown): string | null {
  if (!isRouteErrorResponse(fault) || typeof fault.data !== "string") return null;
  return fault.data === "" || fault.data.startsWith("Error:") ? null : fault.data;
}

type FaultPageProps = {
  readonly fault: unknown;
  /** The network in which it happened, to go back there. */
  readonly network?: { readonly slug: string; readonly name: string } | undefined;
};

/** What went wrong, that nothing was lost, and the ways out. */
export function FaultPage({ fault, network }: FaultPageProps) {
  const { title, text } = explain(fault);
  const status = isRouteErrorResponse(fault) ? fault.status : 500;
  const detail = detailOf(fault);
  return (
    <Page title={title} lead={detail ?? text}>
      <ul className="link-list">
        {network && (
          <li>
            <Link to={`/reseaux/${network.slug}`}>Retour au {network.name}</Link>
          </li>
        )}
        <li>
          <Link to="/">Retour à l’accueil</Link>
        </li>
        <li>
          <Link to="/plan-du-site">Plan du site</Link>
        </li>
      </ul>
      <p className="small soft">Code {status}</p>
    </Page>
  );
}
