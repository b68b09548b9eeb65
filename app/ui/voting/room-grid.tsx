import { Form } from "@remix-run/react";
import { CHOICES, type Choice } from "~/domain/voting/poll";
import { CHOICE_LABELS } from "~/documents/voting-words";
import { Button } from "~/ui/forms";
import { Tag } from "~/ui/status";
import type { SeatLine } from "./seat-lines";

type RoomGridProps = {
  readonly lines: readonly SeatLine[];
  /** What was chosen before a refusal, by name of the field. */
  readonly typed: Readonly<Record<string, string>>;
};

/** The whole room from the keyboard: one line per seat that votes, arrows choose within a line, Tab goes to the next. */
export function RoomGrid({ lines, typed }: RoomGridProps) {
  const voting = lines.filter(({ state }) => state !== "left-out");
  const waiting = voting.filter(({ state }) => state === "waiting").length;
  return (
    <Form method="post" className="room-grid">
      <input type="hidden" name="acte" value="salle" />
      <table>
        <caption>Saisir les votes de la salle</caption>
        <thead>
          <tr>
            <th scope="col">Siège</th>
            {CHOICES.map((choice) => (
              <th scope="col" key={choice}>
                {CHOICE_LABELS[choice]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {voting.map((line) => (
            <GridRow key={line.seatId} line={line} chosen={typed[`choix-${line.seatId}`] ?? null} />
          ))}
        </tbody>
      </table>
      {waiting > 0 && (
        <>
          <div className="field">
            <label htmlFor="vides">Remplir les lignes vides avec</label>
            <select id="vides" name="vides" defaultValue={typed["vides"] ?? ""}>
              <option value="">Rien : les laisser en attente</option>
              {CHOICES.map((choice) => (
                <option key={choice} value={choice}>
                  {CHOICE_LABELS[choice]}
                </option>
              ))}
            </select>
          </div>
          <Button>Enregistrer les votes de la salle</Button>
        </>
      )}
    </Form>
  );
}

function GridRow({ line, chosen }: { readonly line: SeatLine; readonly chosen: string | null }) {
  if (line.state === "voted") {
    return (
      <tr>
        <th scope="row">{line.label}</th>
        <td colSpan={CHOICES.length}>
          <Tag tone="reached">A voté</Tag>{" "}
          <span className="soft small">{line.note ?? "depuis son appareil"}, ne se change pas</span>
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        {line.label}
        {line.note !== null && <span className="soft small"> ({line.note})</span>}
      </th>
      {CHOICES.map((choice: Choice) => (
        <td key={choice}>
          <label className="grid-choice">
            <input
              type="radio"
              name={`choix-${line.seatId}`}
              value={choice}
              defaultChecked={chosen === choice}
              aria-label={`${line.label} : ${CHOICE_LABELS[choice]}`}
            />
            <span aria-hidden="true">{CHOICE_LABELS[choice]}</span>
          </label>
        </td>
      ))}
    </tr>
  );
}
