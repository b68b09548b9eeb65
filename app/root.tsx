import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  Form,
  Link,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLoaderData,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import bodyFont from "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url";
import { useContext, type ReactNode } from "react";
import { findViewer } from "~/services/actor.server";
import stylesheet from "~/styles/app.css?url";
import { Brand } from "~/ui/brand";
import { FaultPage, faultTitle } from "~/ui/fault-page";
import { NonceContext } from "~/ui/nonce";

/** A route that needs the browser to run its code says so, and why: every other page is plain HTML. */
export type Handle = {
  readonly hydrate?: string;
  /** Left out when every moment of the page needs it. */
  readonly hydratesWith?: (data: unknown) => boolean;
};

function needsHydration({ handle, data }: { readonly handle: unknown; readonly data: unknown }): boolean {
  const { hydrate, hydratesWith } = (handle ?? {}) as Handle;
  return hydrate !== undefined && (hydratesWith?.(data) ?? true);
}

export const links: LinksFunction = () => [
  { rel: "preload", href: bodyFont, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "stylesheet", href: stylesheet },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
];

export const meta: MetaFunction = ({ error }) => [
  { title: error === undefined ? "Portail des réseaux de CCAS" : faultTitle(error) },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await findViewer(request, context);
  const { pathname, search } = new URL(request.url);
  return {
    viewer: viewer && { displayName: viewer.displayName, isAdministrator: viewer.isAdministrator },
    here: pathname + search,
  };
}

export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useContext(NonceContext);
  const matches = useMatches();
  const hydrates = matches.some(needsHydration);
  return (
    <html lang="fr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip-link" href="#contenu">
          Aller au contenu
        </a>
        <SiteHeader />
        {children}
        <SiteFooter />
        {hydrates && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

function SiteHeader() {
  const data = useRouteLoaderData<typeof loader>("root");
  return (
    <header className="site-header">
      <div className="frame">
        <Link to="/" className="brand">
          <Brand />
          Portail des réseaux de CCAS
        </Link>
        <div className="account">
          {data?.viewer ? (
            <>
              {data.viewer.isAdministrator && <Link to="/administration">Administration</Link>}
              <Link to="/compte" className="account-name">
                <span>{data.viewer.displayName}</span>
              </Link>
              <Form method="post" action="/deconnexion">
                <button type="submit" className="link-button">
                  Se déconnecter
                </button>
              </Form>
            </>
          ) : (
            <Link to="/connexion">Se connecter</Link>
          )}
        </div>
      </div>
    </header>
  );
}

function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="frame">
        <nav aria-label="Informations sur le site">
          <ul>
            <li>
              <Link to="/accessibilite">Accessibilité : partiellement conforme</Link>
            </li>
            <li>
              <Link to="/mentions-legales">Mentions légales</Link>
            </li>
            <li>
              <Link to="/donnees-personnelles">Données personnelles</Link>
            </li>
            <li>
              <Link to="/droits">Qui peut faire quoi</Link>
            </li>
            <li>
              <Link to="/plan-du-site">Plan du site</Link>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}

export default function App() {
  useLoaderData<typeof loader>();
  return <Outlet />;
}

export function ErrorBoundary() {
  const fault = useRouteError();
  return (
    <main id="contenu" className="frame" tabIndex={-1}>
      <FaultPage fault={fault} />
    </main>
  );
}
