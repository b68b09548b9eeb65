import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

export type Crumb = { readonly label: string; readonly to: string };

type PageProps = {
  readonly title: string;
  /** One sentence that says what the page tells. */
  readonly lead?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of a page's content: where one is, its only `h1`, its sentence, then the proof. */
export function Page({ title, lead, crumbs = [], actions, children }: PageProps) {
  return (
    <>
      <header className="page-head">
        {crumbs.length > 0 && (
          <nav className="breadcrumb" aria-label="Fil d’Ariane">
            <ol>
              {crumbs.map((crumb) => (
                <li key={crumb.to}>
                  <Link to={crumb.to}>{crumb.label}</Link>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
        {actions && <div className="row screen-only">{actions}</div>}
      </header>
      {children}
    </>
  );
}

type SectionProps = {
  readonly title: string;
  readonly id?: string;
  readonly children: ReactNode;
};

export function Section({ title, id, children }: SectionProps) {
  return (
    <section className="section" {...(id ? { id, "aria-labelledby": `${id}-titre` } : {})}>
      <h2 {...(id ? { id: `${id}-titre` } : {})}>{title}</h2>
      {children}
    </section>
  );
}

/** What will appear here, and the first thing to do about it. */
export function EmptyState({ children }: { readonly children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

export type Definition = { readonly term: string; readonly detail: ReactNode };

export function Definitions({ entries }: { readonly entries: readonly Definition[] }) {
  return (
    <dl className="definitions">
      {entries.map((entry) => (
        <DefinitionPair key={entry.term} {...entry} />
      ))}
    </dl>
  );
}

function DefinitionPair({ term, detail }: Definition) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{detail}</dd>
    </>
  );
}

/** HTML that `renderMarkdown` has made safe. */
export function Prose({ html }: { readonly html: string }) {
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
