import { Fragment, type ReactNode } from "react";
import type { DocumentBlock, DocumentModel, HeadingLevel, PlainBlock } from "~/documents/document-model";
import type { ProseBlock, ProseInline } from "~/documents/prose";
import { ChartFigure } from "./charts/chart-figure";
import { Table } from "./table";

/** A document as a page of a book. Facts are marked as such: they come from the record, nobody types them. */
export function DocumentView({ document }: { readonly document: DocumentModel }) {
  return (
    <article className="book document">
      <p className="document-issuer">
        {document.issuer} · {document.reference}
      </p>
      <p className="document-subtitle">{document.subtitle}</p>
      <DocumentBlocks blocks={document.blocks} />
    </article>
  );
}

export function DocumentBlocks({ blocks }: { readonly blocks: readonly DocumentBlock[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </>
  );
}

function BlockView({ block }: { readonly block: DocumentBlock }) {
  switch (block.kind) {
    case "together":
      return <DocumentBlocks blocks={block.blocks} />;
    case "fact":
      return <FactView blocks={block.blocks} />;
    case "prose":
      return (
        <div className="document-prose" data-internal={block.internal ? "" : undefined}>
          {block.internal && <p className="document-internal">Partie interne, absente de la version publique</p>}
          <ProseView content={block.content} level={block.level} />
        </div>
      );
    default:
      return <PlainView block={block} />;
  }
}

/** The heading stands outside of the mark, so that the page keeps its outline. */
export function FactView({ blocks }: { readonly blocks: readonly PlainBlock[] }) {
  const first = blocks[0];
  const [heading, rest] = first?.kind === "heading" ? [first, blocks.slice(1)] : [null, blocks];
  return (
    <>
      {heading && <PlainView block={heading} />}
      {rest.length > 0 && (
        <div className="document-fact">
          {rest.map((block, index) => (
            <PlainView key={index} block={block} />
          ))}
        </div>
      )}
    </>
  );
}

function Heading({
  level,
  id,
  children,
}: {
  readonly level: number;
  readonly id?: string;
  readonly children: ReactNode;
}) {
  const attributes = id === undefined ? {} : { id };
  if (level <= 2) return <h2 {...attributes}>{children}</h2>;
  if (level === 3) return <h3 {...attributes}>{children}</h3>;
  return level === 4 ? <h4 {...attributes}>{children}</h4> : <h5 {...attributes}>{children}</h5>;
}

function PlainView({ block }: { readonly block: PlainBlock }) {
  switch (block.kind) {
    case "heading":
      return (
        <Heading level={block.level} id={block.id}>
          {block.text}
        </Heading>
      );
    case "paragraph":
      return <p>{block.strong ? <strong>{block.text}</strong> : block.text}</p>;
    case "note":
      return <p className="document-note">{block.text}</p>;
    case "list": {
      const items = block.items.map((item, index) => <li key={index}>{item}</li>);
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return (
        <Table
          caption={block.caption}
          narrow={block.columns.filter(({ align }) => align === "end").length > 1 ? "scroll" : "stack"}
          columns={block.columns.map(({ label, align }, column) => ({
            key: String(column),
            label,
            number: align === "end",
            heading: column === 0,
            cell: (row: { readonly cells: readonly string[] }) => row.cells[column] ?? "",
          }))}
          rows={block.rows.map((cells, index) => ({ cells, key: String(index) }))}
          rowKey={({ key }) => key}
        />
      );
    case "chart":
      return <ChartFigure model={block.model} level={3} />;
    case "definitions":
      return (
        <dl className="definitions">
          {block.entries.map(({ term, detail }) => (
            <Fragment key={term}>
              <dt>{term}</dt>
              <dd>{detail}</dd>
            </Fragment>
          ))}
        </dl>
      );
    case "signatures":
      return (
        <ul className="document-signatures">
          {block.entries.map(({ role, name, signed }) => (
            <li key={role}>
              <strong>{role}</strong>
              <br />
              {name}
              <br />
              <em>{signed ?? "À signer"}</em>
            </li>
          ))}
        </ul>
      );
  }
}

/** Text that a person wrote in Markdown, already read into the little that a document may hold. */
export function ProseView({
  content,
  level,
}: {
  readonly content: readonly ProseBlock[];
  readonly level: HeadingLevel;
}) {
  return (
    <>
      {content.map((block, index) => (
        <ProseBlockView key={index} block={block} level={level} />
      ))}
    </>
  );
}

function ProseBlockView({ block, level }: { readonly block: ProseBlock; readonly level: HeadingLevel }) {
  switch (block.kind) {
    case "paragraph":
      return (
        <p>
          <Inlines content={block.content} />
        </p>
      );
    case "heading":
      return (
        <Heading level={level + block.depth}>
          <Inlines content={block.content} />
        </Heading>
      );
    case "list": {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <ProseView content={item} level={level} />
        </li>
      ));
      return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
    case "quote":
      return (
        <blockquote>
          <ProseView content={block.blocks} level={level} />
        </blockquote>
      );
    case "code":
      return <pre>{block.text}</pre>;
    case "table":
      return (
        // What scrolls must take the focus, or the keyboard can't scroll it. No landmark: a text may hold several tables.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="table-region" role="group" aria-label="Tableau" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, index) => (
                  <th key={index} scope="col">
                    <Inlines content={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column}>
                      <Inlines content={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "rule":
      return <hr />;
  }
}

function Inlines({ content }: { readonly content: readonly ProseInline[] }) {
  return (
    <>
      {content.map((part, index) => (
        <InlineView key={index} part={part} />
      ))}
    </>
  );
}

function InlineView({ part }: { readonly part: ProseInline }) {
  switch (part.kind) {
    case "text":
      return <>{part.text}</>;
    case "strong":
      return (
        <strong>
          <Inlines content={part.content} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Inlines content={part.content} />
        </em>
      );
    case "struck":
      return (
        <del>
          <Inlines content={part.content} />
        </del>
      );
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return (
        <a href={part.href} rel="noopener noreferrer nofollow">
          <Inlines content={part.content} />
        </a>
      );
    case "break":
      return <br />;
  }
}
