import { useParams } from "@remix-run/react";

type TableFilesProps = {
  /** Name of the table in the data dictionary. */
  readonly table: string;
  readonly year: number;
};

/** A year's list as files, and where its columns are described. */
export function TableFiles({ table, year }: TableFilesProps) {
  const root = `/reseaux/${useParams()["reseau"] ?? ""}/donnees`;
  return (
    <p className="soft small screen-only">
      Ce tableau en{" "}
      {(["csv", "ods", "json"] as const).map((format, index) => (
        <span key={format}>
          {index > 0 && (index === 2 ? " ou " : ", ")}
          <a href={`${root}/${table}.${format}?annee=${year}`}>{format.toUpperCase()}</a>
        </span>
      ))}{" "}
      (<a href={`${root}#${table}`}>sens des colonnes</a>).
    </p>
  );
}
