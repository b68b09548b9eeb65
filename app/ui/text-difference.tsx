type Piece = { readonly kind: "same" | "added" | "removed"; readonly text: string };

/** Two versions of a text side by side: what only one of them holds is marked, and told to whoever can't see the mark. */
export function TextDifference({
  pieces,
  beforeLabel,
  afterLabel,
}: {
  readonly pieces: readonly Piece[];
  readonly beforeLabel: string;
  readonly afterLabel: string;
}) {
  return (
    <div className="difference">
      <Side label={beforeLabel} pieces={pieces.filter(({ kind }) => kind !== "added")} />
      <Side label={afterLabel} pieces={pieces.filter(({ kind }) => kind !== "removed")} />
    </div>
  );
}

function Side({ label, pieces }: { readonly label: string; readonly pieces: readonly Piece[] }) {
  return (
    <div>
      <p className="difference-label">{label}</p>
      <div className="difference-text">
        {pieces.length === 0 && <span className="soft">(vide)</span>}
        {pieces.map(({ kind, text }, index) => {
          if (kind === "added") return <ins key={index}>{text}</ins>;
          return kind === "removed" ? <del key={index}>{text}</del> : <span key={index}>{text}</span>;
        })}
      </div>
    </div>
  );
}
