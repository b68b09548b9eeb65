import { Form, Link, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { formatDate, formatDateTime, formatTime, toSeat } from "~/documents/french";
import { dateOf, timeOf } from "~/domain/kernel/paris-time";
import type { AgendaItemKind } from "~/domain/meeting/agenda";
import { presentOutOf } from "~/domain/quorum/quorum";
import { proxyStatusLabel, correctionNote } from "~/features/attendance/messages.fr";
import { ActKey, Button, ButtonLink } from "~/ui/forms";
import { ItemSubject } from "~/ui/meeting/item-subject";
import { Hemicycle, type HemicyclePlace } from "~/ui/meeting/hemicycle";
import { LiveUpdates } from "~/ui/meeting/live-updates";
import { MeetingClause } from "~/ui/agreement/meeting-clause";
import { EmptyState, Page, Prose, Section } from "~/ui/page";
import { RulesBanner } from "~/ui/rules-banner";
import { Notice, Tag } from "~/ui/status";
import { PublicMeeting } from "./public-meeting";
import type { MemberRoomView, RoomAnswer, RoomView } from "./room.server";

type RoomProps = { readonly view: RoomView; readonly answer: unknown };
type View = { readonly view: MemberRoomView };
type Seat = MemberRoomView["seats"][number];

export function Room({ view, answer }: RoomProps) {
  return view.audience === "public" ? (
    <PublicMeeting view={view} />
  ) : (
    <MemberRoom view={view} refusal={readRefusal(answer)} />
  );
}

export function readRefusal(answer: unknown): RoomAnswer["refusal"] | null {
  if (typeof answer !== "object" || answer === null || !("refusal" in answer)) return null;
  return (answer as RoomAnswer).refusal;
}

function MemberRoom({ view, refusal }: View & { readonly refusal: RoomAnswer["refusal"] | null }) {
  const { head, slug, done } = view;
  const here = `/reseaux/${slug}/seances/${head.id}`;
  const openPolls = view.polls.filter(({ status }) => status === "open");
  const quorumTitle = titleOfQuorum(view);
  return (
    <Page
      title={`${head.title}, ${formatDate(dateOf(head.startsAt))}`}
      lead={`${formatDateTime(head.startsAt)}, ${head.place}`}
      crumbs={[{ label: "Séances", to: `/reseaux/${slug}/seances` }]}
    >
      {refusal ? (
        <Notice tone="missed" role="alert" title="Rien n’a été enregistré">
          <p>{refusal.message}</p>
        </Notice>
      ) : (
        done && (
          <Notice tone="reached" role="status">
            <p>{done}</p>
          </Notice>
        )
      )}
      <RoomHead view={view} />
      <Notice tone={view.quorum.reached ? "reached" : "missed"} title={quorumTitle}>
        <p className="quorum-sentence">{view.quorum.sentence}</p>
      </Notice>
      <RulesBanner adopted={view.areRulesAdopted} to={`/reseaux/${slug}/parametres/reglement`} />
      <LiveUpdates
        source={`${here}/direct`}
        here={here}
        headlines={[
          `${quorumTitle}. ${view.quorum.sentence}.`,
          ...openPolls.map(({ title }) => `Un scrutin est ouvert\u00a0: ${title}.`),
          ...(view.isSuspended ? ["La séance est suspendue."] : []),
        ]}
      />
      <div className="room">
        <div className="room-side">
          <Seats view={view} refusal={refusal} />
          <Proxies view={view} />
        </div>
        <div className="room-main">
          <CurrentItem view={view} />
          <Agenda view={view} />
        </div>
        <div className="room-rest">
          <MeetingClause clause={view.clause} root={`/reseaux/${slug}`} mayNote={view.may.noteGroups} />
          <Journal view={view} />
        </div>
      </div>
    </Page>
  );
}

function titleOfQuorum({ quorum, wasQuorate }: MemberRoomView): string {
  if (quorum.reached) return quorum.isRequired ? "Quorum atteint" : "La séance peut délibérer";
  return wasQuorate
    ? "Quorum perdu\u00a0: aucun vote possible"
    : "Quorum non atteint\u00a0: aucun vote possible pour l’instant";
}

/** The state, who presides and writes, and the one action that moves the meeting on. */
function RoomHead({ view }: View) {
  const { head, chair, secretary, isSuspended, may } = view;
  const here = `/reseaux/${view.slug}/seances/${head.id}`;
  return (
    <div className="room-head">
      <div>
        <p>
          <Tag tone={isSuspended ? "pending" : "info"}>{isSuspended ? "Séance suspendue" : "Séance ouverte"}</Tag>{" "}
          {head.convening === "second" && <Tag>seconde convocation</Tag>}
        </p>
        <p className="small">
          Présidence{"\u00a0"}: {chair ?? "non désignée"}. Secrétariat de séance{"\u00a0"}: {secretary ?? "non désigné"}
          .
          {head.remoteLink !== "" && (
            <>
              {" "}
              <a href={head.remoteLink} rel="noreferrer">
                Rejoindre la visioconférence
              </a>
            </>
          )}
        </p>
      </div>
      <div className="row room-actions screen-only">
        <NextAct view={view} />
        {may.suspend && (
          <IntentForm intent="suspendre">
            <Button look="quiet">Suspendre</Button>
          </IntentForm>
        )}
        {may.close && !isLastAct(view) && (
          <ButtonLink to={`${here}/lever`} look="quiet">
            Lever la séance
          </ButtonLink>
        )}
        <Link to={`${here}/emargement`}>Feuille d’émargement</Link>
      </div>
    </div>
  );
}

function neighbours({ items, head }: MemberRoomView) {
  const index = items.findIndex(({ id }) => id === head.currentItemId);
  return { current: items[index] ?? null, previous: items[index - 1] ?? null, next: items[index + 1] ?? null };
}

function isLastAct(view: MemberRoomView): boolean {
  const { current, next } = neighbours(view);
  return view.may.close && !view.isSuspended && current !== null && next === null && !awaitsVote(view);
}

/** Kinds that ask the committee for a decision: their vote comes before the next item. */
const VOTED_KINDS: ReadonlySet<string> = new Set<AgendaItemKind>([
  "expense-validation",
  "minutes-approval",
  "rules-adoption",
  "budget-adoption",
  "dictionary-adoption",
  "action-plan",
  "ratification",
]);

/** Decided elsewhere meanwhile: no vote opens on it. */
function isSettled({ subjects }: MemberRoomView, itemId: string): boolean {
  return (subjects[itemId]?.settled ?? null) !== null;
}

function awaitsVote(view: MemberRoomView): boolean {
  const { current } = neighbours(view);
  if (current === null || !view.may.openPoll || !view.quorum.reached) return false;
  return (
    VOTED_KINDS.has(current.kind) &&
    !isSettled(view, current.id) &&
    view.polls.every(({ itemId }) => itemId !== current.id)
  );
}

function NextAct({ view }: View) {
  const { slug, head, may, keyBase } = view;
  const here = `/reseaux/${slug}/seances/${head.id}`;
  const poll = view.polls.find(({ status }) => status === "open");
  const { current, next } = neighbours(view);
  if (may.resume)
    return (
      <IntentForm intent="reprendre">
        <Button>Reprendre la séance</Button>
      </IntentForm>
    );
  if (poll && may.openPoll)
    return <ButtonLink to={`${here}/scrutins/${poll.id}`}>Suivre et clore le scrutin</ButtonLink>;
  const isVoteNext = awaitsVote(view);
  if (may.takeUp && (next || isVoteNext))
    return (
      <>
        {isVoteNext && current && (
          <ButtonLink to={`${here}/scrutins/nouveau?point=${current.id}`}>Mettre ce point aux voix</ButtonLink>
        )}
        {next && (
          <IntentForm intent="point" actKey={`${keyBase}-n`}>
            <input type="hidden" name="point" value={next.id} />
            <Button look={isVoteNext ? "quiet" : "main"}>
              {current ? "Passer au point suivant" : "Ouvrir le premier point"}
            </Button>
          </IntentForm>
        )}
      </>
    );
  return isLastAct(view) ? <ButtonLink to={`${here}/lever`}>Lever la séance</ButtonLink> : null;
}

/** One act of the room. A click while another is on its way does nothing. */
function IntentForm({
  intent,
  actKey,
  className,
  children,
}: {
  readonly intent: string;
  readonly actKey?: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const isBusy = useNavigation().state === "submitting";
  return (
    <Form method="post" action="?index" preventScrollReset className={className}>
      <fieldset className="bare" disabled={isBusy}>
        <input type="hidden" name="intent" value={intent} />
        {actKey !== undefined && <ActKey value={actKey} />}
        {children}
      </fieldset>
    </Form>
  );
}

function hemicyclePlace(seat: Seat): HemicyclePlace {
  if (seat.isWithdrawn) return "withdrawn";
  return seat.place === "absent" && seat.representedBy !== null ? "represented" : seat.place;
}

function Seats({ view, refusal }: View & { readonly refusal: RoomAnswer["refusal"] | null }) {
  const { quorum } = view;
  return (
    <Section title="Les sièges" id="sieges">
      <Hemicycle
        seats={view.seats.map((seat) => ({ key: seat.id, place: hemicyclePlace(seat) }))}
        caption={presentOutOf(quorum)}
      />
      <ol className="seat-list">
        {view.seats.map((seat, index) => (
          <li key={seat.id} data-mine={seat.isMine ? "" : undefined} id={`siege-${seat.id}`}>
            <div className="seat-name">
              <strong>{seat.label}</strong>
              {seat.isChair && <span className="soft small"> présidence</span>}
              {seat.isMine && <span className="soft small"> votre siège</span>}
              <p className="small">
                <SeatState seat={seat} />
              </p>
            </div>
            {view.may.record && seat.place !== "vacant" && (
              <SeatControls
                view={view}
                seat={seat}
                actKey={`${view.keyBase}-s${index}`}
                typed={refusal?.seatId === seat.id ? (refusal.typed["heure"] ?? "") : ""}
              />
            )}
          </li>
        ))}
      </ol>
      {view.may.record && (
        <p className="small soft">
          « Arrivée » et « Départ » notent la minute présente ; « Autre heure » en note une autre.
        </p>
      )}
    </Section>
  );
}

function SeatState({ seat }: { readonly seat: Seat }) {
  const { sitting } = seat;
  const since = sitting ? `depuis ${formatTime(timeOf(sitting.since))}` : "";
  const who = sitting ? `${sitting.displayName}${sitting.isSubstitute ? " (suppléance)" : ""}` : "";
  return (
    <>
      {seat.place === "present" && <Tag tone="reached">présent</Tag>}
      {seat.place === "remote" && <Tag tone="reached">en visio</Tag>}
      {seat.place === "absent" && <Tag>absent</Tag>}
      {seat.place === "vacant" && <Tag>vacant</Tag>}{" "}
      {seat.isWithdrawn && <Tag tone="pending">déporté sur ce point</Tag>}{" "}
      {sitting && (
        <span className="soft">
          {since}, {who}
        </span>
      )}
      {seat.representedBy !== null && <span className="soft">représenté par {seat.representedBy}</span>}
    </>
  );
}

/** Three fixed places, so that a second click never falls on the opposite act. */
function SeatControls({
  view,
  seat,
  actKey,
  typed,
}: View & { readonly seat: Seat; readonly actKey: string; readonly typed: string }) {
  const isIn = seat.sitting !== null;
  const only = seat.sitting?.personId ?? seat.holders[0]?.personId ?? "";
  const choices = isIn ? [] : seat.holders;
  const timeId = `heure-${seat.id}`;
  return (
    <IntentForm intent="presence" actKey={actKey} className="seat-controls screen-only">
      {choices.length > 1 ? (
        <select name="occupant" aria-label={`Qui siège pour ${seat.label}`}>
          {choices.map((holder) => (
            <option key={holder.personId} value={`${seat.id}.${holder.personId}`}>
              {holder.displayName} ({holder.isSubstitute ? "suppléance" : "titulaire"})
            </option>
          ))}
        </select>
      ) : (
        <input type="hidden" name="occupant" value={`${seat.id}.${only}`} />
      )}
      <div className="seat-buttons">
        <span>
          {!isIn && (
            <Button look="small" name="acte" value="arrival">
              Arrivée<span className="visually-hidden"> {seat.label}</span>
            </Button>
          )}
        </span>
        <span>
          {!isIn && view.remoteAllowed && (
            <Button look="small" name="acte" value="remote">
              En visio<span className="visually-hidden"> {seat.label}</span>
            </Button>
          )}
        </span>
        <span>
          {isIn && (
            <Button look="small" name="acte" value="departure">
              Départ<span className="visually-hidden"> {seat.label}</span>
            </Button>
          )}
        </span>
      </div>
      <details className="small" {...(typed !== "" ? { open: true } : {})}>
        <summary>
          Autre heure<span className="visually-hidden"> {seat.label}</span>
        </summary>
        <p className="seat-time">
          <label htmlFor={timeId}>Heure, si ce n’est pas maintenant</label>
          <input id={timeId} type="time" name="heure" defaultValue={typed} data-width="short" />
        </p>
        {seat.lastEntryId !== null && view.may.correct && (
          <p>
            <Link to={`/reseaux/${view.slug}/seances/${view.head.id}/corrections?entree=${seat.lastEntryId}`}>
              Corriger le dernier enregistrement de ce siège
            </Link>
          </p>
        )}
      </details>
    </IntentForm>
  );
}

function CurrentItem({ view }: View) {
  const { may, slug, head, keyBase } = view;
  const here = `/reseaux/${slug}/seances/${head.id}`;
  const { current, previous } = neighbours(view);
  if (!current)
    return (
      <Section title="Point en cours" id="point">
        <EmptyState>
          <p>
            Aucun point n’est ouvert.{" "}
            {may.takeUp && view.items.length > 0 && "Ouvrez le premier quand le quorum est là."}
          </p>
        </EmptyState>
      </Section>
    );
  const polls = view.polls.filter(({ itemId }) => itemId === current.id);
  const isVoting = view.polls.some(({ status }) => status === "open");
  const isPresent = view.seats.some((seat) => seat.isMine && seat.sitting !== null);
  return (
    <section className="section sheet current-item" aria-labelledby="point-titre">
      <p className="soft small">
        Point {current.position} sur {view.items.length}, {view.currentKind}
        {current.rapporteur && (
          <>
            , rapporteur·e{"\u00a0"}: {current.rapporteur}
          </>
        )}
      </p>
      <h2 id="point-titre">{current.title}</h2>
      <ItemSubject slug={slug} subject={view.subjects[current.id]} />
      {view.descriptionHtml !== "" && <Prose html={view.descriptionHtml} />}
      <Polls view={view} polls={polls} />
      {may.openPoll && !isVoting && view.quorum.reached && !isSettled(view, current.id) && (
        <p className="screen-only">
          <ButtonLink to={`${here}/scrutins/nouveau?point=${current.id}`} look="quiet">
            Ouvrir un scrutin
          </ButtonLink>
        </p>
      )}
      {may.openPoll && !view.quorum.reached && <p className="soft">Sans quorum, aucun scrutin ne peut s’ouvrir.</p>}
      {may.requestSecret && !isVoting && isPresent && (
        <p className="screen-only">
          <Link to={`${here}/scrutins/nouveau?point=${current.id}`}>Demander le vote secret sur ce point</Link>
        </p>
      )}
      <Withdrawals view={view} itemId={current.id} />
      {may.takeUp && !isVoting && previous && (
        <div className="row screen-only">
          <IntentForm intent="point" actKey={`${keyBase}-p`}>
            <input type="hidden" name="point" value={previous.id} />
            <Button look="small">Revenir au point {previous.position}</Button>
          </IntentForm>
        </div>
      )}
    </section>
  );
}

function Polls({ view, polls }: View & { readonly polls: MemberRoomView["polls"] }) {
  const root = `/reseaux/${view.slug}/seances/${view.head.id}/scrutins`;
  return (
    <>
      {polls.map((poll) =>
        poll.status === "open" ? (
          <div key={poll.id} className="vote-call">
            <p>
              <strong>Scrutin ouvert{poll.mode === "secret" && ", secret"}</strong>
              <br />
              {poll.title}
            </p>
            {view.may.readPolls && (
              <ButtonLink to={`${root}/${poll.id}`}>
                {view.may.vote ? "Voter" : view.may.openPoll ? "Saisir les votes" : "Voir le scrutin"}
              </ButtonLink>
            )}
          </div>
        ) : (
          <p key={poll.id}>
            {view.may.readPolls ? <Link to={`${root}/${poll.id}`}>{poll.title}</Link> : poll.title}
            <br />
            <span className="soft">
              {poll.sentence ?? POLL_STATES[poll.status]}
              <QuorumAtVote quorum={poll.quorum} />
            </span>
          </p>
        ),
      )}
    </>
  );
}

function QuorumAtVote({ quorum }: Pick<MemberRoomView["polls"][number], "quorum">) {
  if (!quorum) return null;
  return (
    <>
      <br />
      <span className="soft">
        Au vote, à {formatTime(timeOf(quorum.at))}, {quorum.reached ? "quorum atteint" : "sans quorum"}
      </span>
    </>
  );
}

const POLL_STATES: Record<MemberRoomView["polls"][number]["status"], string> = {
  draft: "Scrutin en préparation",
  open: "Scrutin ouvert",
  closed: "Scrutin clos",
  cancelled: "Scrutin annulé",
};

/** Déports: whose, and the forms to declare one or to end it. */
function Withdrawals({ view, itemId }: View & { readonly itemId: string }) {
  const { may, seats, viewerPersonId, keyBase } = view;
  const withdrawn = new Set(view.withdrawn.map(({ seatId, personId }) => `${seatId}.${personId}`));
  const own = seats
    .filter(({ isMine }) => isMine)
    .map(({ id }) => `${id}.${viewerPersonId ?? ""}`)
    .filter((occupant) => !withdrawn.has(occupant));
  const others = seats.flatMap((seat) =>
    seat.holders
      .map((holder) => ({ value: `${seat.id}.${holder.personId}`, label: `${seat.label} (${holder.displayName})` }))
      .filter(({ value }) => !withdrawn.has(value)),
  );
  return (
    <>
      {view.withdrawn.length > 0 && (
        <ul className="plain-list">
          {view.withdrawn.map(({ seatId, personId, label }, index) => (
            <li key={`${seatId}.${personId}`} className="row">
              <span>
                Déport{"\u00a0"}: {label}
              </span>
              {(may.recordWithdrawal || (may.declareWithdrawal && personId === viewerPersonId)) && (
                <IntentForm intent="presence" actKey={`${keyBase}-r${index}`}>
                  <input type="hidden" name="occupant" value={`${seatId}.${personId}`} />
                  <input type="hidden" name="point" value={itemId} />
                  <Button look="small" name="acte" value="return">
                    Mettre fin au déport<span className="visually-hidden"> {label}</span>
                  </Button>
                </IntentForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {may.declareWithdrawal &&
        own.map((occupant) => (
          <details key={occupant} className="screen-only">
            <summary>Déclarer mon déport sur ce point</summary>
            <IntentForm intent="presence" actKey={`${keyBase}-d`}>
              <input type="hidden" name="occupant" value={occupant} />
              <input type="hidden" name="point" value={itemId} />
              <p>
                En cas de conflit d’intérêts, vous ne prenez part ni au débat ni au vote de ce point, et votre siège ne
                compte pas dans son quorum. Le déport figure au procès-verbal.
              </p>
              <Button look="quiet" name="acte" value="withdrawal">
                Je me déporte
              </Button>
            </IntentForm>
          </details>
        ))}
      {may.recordWithdrawal && others.length > 0 && (
        <details className="screen-only">
          <summary>Noter un déport sur ce point</summary>
          <IntentForm intent="presence" actKey={`${keyBase}-w`} className="inline-form">
            <input type="hidden" name="point" value={itemId} />
            <label htmlFor="deport-occupant">Qui se déporte</label>
            <select id="deport-occupant" name="occupant">
              {others.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
            <Button look="quiet" name="acte" value="withdrawal">
              Noter le déport
            </Button>
          </IntentForm>
        </details>
      )}
    </>
  );
}

function Agenda({ view }: View) {
  const { head, may, keyBase } = view;
  const isVoting = view.polls.some(({ status }) => status === "open");
  return (
    <Section title="Ordre du jour" id="ordre-du-jour">
      <ol className="plain-list room-agenda">
        {view.items.map((item, index) => {
          const last = item.discussions.at(-1);
          const isCurrent = item.id === head.currentItemId;
          return (
            <li key={item.id} aria-current={isCurrent ? "step" : undefined}>
              <p>
                <span className="figure soft">{item.position}.</span>{" "}
                {isCurrent ? <strong>{item.title}</strong> : item.title} {isCurrent && <Tag tone="info">en cours</Tag>}
              </p>
              {!isCurrent && <ItemSubject slug={view.slug} subject={view.subjects[item.id]} />}
              {last && (
                <p className="small soft">
                  Ouvert à {formatTime(timeOf(last.at))}, {last.quorumReached ? "quorum atteint" : "sans quorum"}
                </p>
              )}
              {!isCurrent &&
                view.polls
                  .filter(({ itemId, sentence }) => itemId === item.id && sentence !== null)
                  .map((poll) => (
                    <p key={poll.id} className="small">
                      {may.readPolls ? (
                        <Link to={`/reseaux/${view.slug}/seances/${head.id}/scrutins/${poll.id}`}>{poll.sentence}</Link>
                      ) : (
                        poll.sentence
                      )}
                      <QuorumAtVote quorum={poll.quorum} />
                    </p>
                  ))}
              {may.takeUp && !isCurrent && !isVoting && (
                <IntentForm intent="point" actKey={`${keyBase}-i${index}`} className="screen-only">
                  <input type="hidden" name="point" value={item.id} />
                  <button type="submit" className="link-button small">
                    {last ? "Reprendre ce point" : "Ouvrir ce point"}
                    <span className="visually-hidden">
                      {"\u00a0"}: {item.title}
                    </span>
                  </button>
                </IntentForm>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function Proxies({ view }: View) {
  const { proxies, proposals, may, keyBase, slug, head } = view;
  if (!view.proxiesAllowed) return null;
  const standing = proxies.filter(({ isRevoked }) => !isRevoked);
  const mayGive = may.recordProxy || may.giveProxy;
  return (
    <Section title="Les pouvoirs" id="pouvoirs">
      {standing.length === 0 && <p className="soft">Aucun pouvoir n’est enregistré.</p>}
      {standing.length > 0 && (
        <ul className="plain-list">
          {standing.map((proxy) => (
            <li key={proxy.id}>
              {proxy.giver} → {proxy.holder}
              <br />
              <ProxyTag suspendedBy={proxy.suspendedBy} />
            </li>
          ))}
        </ul>
      )}
      {may.recordProxy &&
        proposals.map((proposal, index) => (
          <IntentForm key={proposal.giver} intent="pouvoir" actKey={`${keyBase}-o${index}`} className="screen-only">
            <input type="hidden" name="mandant" value={proposal.giver} />
            <input type="hidden" name="mandataire" value={proposal.holder} />
            <input type="hidden" name="source" value="reply" />
            <p>
              Annoncé dans les réponses{"\u00a0"}: {proposal.giverLabel} donne pouvoir {toSeat(proposal.holderLabel)}.{" "}
              <Button look="small">
                Enregistrer ce pouvoir<span className="visually-hidden"> de {proposal.giverLabel}</span>
              </Button>
            </p>
          </IntentForm>
        ))}
      {mayGive && (
        <p className="screen-only">
          <Link to={`/reseaux/${slug}/seances/${head.id}/pouvoirs`}>
            {may.recordProxy ? "Enregistrer ou révoquer un pouvoir" : "Donner ou révoquer un pouvoir"}
          </Link>
        </p>
      )}
      <p className="small soft">Un pouvoir porte une voix ; il ne compte jamais dans le quorum.</p>
    </Section>
  );
}

export function ProxyTag({ suspendedBy }: Pick<MemberRoomView["proxies"][number], "suspendedBy">) {
  if (suspendedBy === null) return <Tag tone="reached">{proxyStatusLabel(null)}</Tag>;
  return <Tag tone={suspendedBy === "revoked" ? "neutral" : "pending"}>{proxyStatusLabel(suspendedBy)}</Tag>;
}

const ENTRY_NAMES = {
  arrival: "arrivée",
  departure: "départ",
  withdrawal: "déport",
  return: "fin du déport",
} as const;

/** What was written, the latest first; each entry can be corrected by another. */
function Journal({ view }: View) {
  if (view.entries.length === 0) return null;
  return (
    <Section title="Ce qui a été noté" id="journal">
      <ul className="plain-list room-journal">
        {view.entries.map((entry) => (
          <li key={entry.id} className="small">
            <span className="figure">{formatTime(timeOf(entry.at))}</span> {entry.seat}
            {"\u00a0"}: {ENTRY_NAMES[entry.kind]}
            {entry.kind === "arrival" && entry.mode === "remote" && " en visio"}, {entry.person}
            {entry.item && `, sur «\u00a0${entry.item}\u00a0»`}
            {correctionNote(entry)}{" "}
            {view.may.correct && !entry.isVoided && (
              <Link to={`/reseaux/${view.slug}/seances/${view.head.id}/corrections?entree=${entry.id}`}>
                Corriger<span className="visually-hidden">{`\u00a0: ${entry.seat}, ${ENTRY_NAMES[entry.kind]}`}</span>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
