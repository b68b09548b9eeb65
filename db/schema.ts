import type { Generated } from "kysely";

/**
 * Table types for kysely, grouped by the feature that owns (writes) them. Names are camelCase here and snake_case in the
 * database: the CamelCasePlugin translates. Instants are ISO 8601 in UTC; dates are PlainDate; meeting times LocalDateTime (Paris).
 * JSON columns hold text written and parsed by their owner.
 */
export type Flag = 0 | 1;

// ── network ──
export type OrganizationTable = {
  id: string;
  kind: string;
  name: string;
  shortName: string;
  inseeCode: string | null;
  siret: string | null;
  createdAt: string;
};
export type NetworkTable = {
  id: string;
  slug: string;
  name: string;
  leadOrganizationId: string;
  presentationMd: string;
  contactMd: string;
  isDemo: Flag;
  createdAt: string;
};
export type SeatTable = {
  id: string;
  networkId: string;
  organizationId: string;
  kind: string;
  label: string;
  position: number;
  createdOn: string;
};

// ── people ──
export type PersonTable = {
  id: string;
  email: string;
  displayName: string;
  functionLabel: string;
  isAdministrator: Flag;
  disabledAt: string | null;
  createdAt: string;
};
export type RoleGrantTable = {
  id: string;
  networkId: string;
  personId: string;
  organizationId: string;
  role: string;
  startsOn: string;
  endsOn: string | null;
  createdBy: string | null;
  createdAt: string;
};
export type MandateTable = {
  id: string;
  networkId: string;
  seatId: string;
  personId: string;
  role: string;
  startsOn: string;
  endsOn: string | null;
  isMunicipalOfficial: Flag;
  inChargeOfSocialAffairs: Flag;
  basis: string;
  createdAt: string;
};

// ── auth ──
export type CredentialTable = {
  personId: string;
  passwordHash: string | null;
  passwordChangedAt: string | null;
  totpSecret: string | null;
  totpConfirmedAt: string | null;
  totpLastStep: number | null;
};
export type SessionTable = {
  idHash: string;
  personId: string;
  expiresAt: number;
  persistent: Flag;
  createdAt: string;
};
export type OneTimeLinkTable = {
  tokenHash: string;
  personId: string;
  purpose: string;
  expiresAt: string;
  usedAt: string | null;
  createdAt: string;
};
export type SignInAttemptTable = {
  id: string;
  subjectHash: string;
  at: string;
};
export type FormDraftTable = {
  tokenHash: string;
  personId: string | null;
  path: string;
  body: string;
  expiresAt: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type SecurityEventTable = {
  id: string;
  at: string;
  kind: string;
  personId: string | null;
  networkId: string | null;
  detail: string;
};

// ── rules ──
export type RulesVersionTable = {
  id: string;
  networkId: string;
  version: number;
  content: string;
  status: string;
  effectiveFrom: string | null;
  adoptedPollId: string | null;
  createdBy: string;
  createdAt: string;
};

// ── meetings ──
export type MeetingTable = {
  id: string;
  networkId: string;
  year: number;
  rank: number;
  title: string;
  status: string;
  convening: string;
  firstMeetingId: string | null;
  startsAt: string;
  plannedEndAt: string | null;
  place: string;
  remoteLink: string;
  urgencyReason: string | null;
  chairSeatId: string | null;
  chairPersonId: string | null;
  secretaryPersonId: string | null;
  currentItemId: string | null;
  rulesContent: string | null;
  rulesVersion: number | null;
  seatsSnapshot: string | null;
  outcome: string | null;
  revision: number;
  createdBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type MeetingTransitionTable = {
  id: string;
  networkId: string;
  meetingId: string;
  fromStatus: string;
  toStatus: string;
  at: string;
  actorPersonId: string;
  reason: string | null;
};
export type AgendaItemTable = {
  id: string;
  networkId: string;
  meetingId: string;
  position: number;
  kind: string;
  title: string;
  descriptionMd: string;
  rapporteur: string;
  durationMinutes: number | null;
  status: string;
  proposedBy: string | null;
  refusalReason: string | null;
  subjectId: string | null;
  copiedFromId: string | null;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type ItemDiscussionTable = {
  id: string;
  networkId: string;
  meetingId: string;
  agendaItemId: string;
  at: string;
  quorumReached: Flag;
  quorumSentence: string;
  recordedBy: string;
  recordedAt: string;
};

// ── documents ──
/** Append-only: the database refuses update and delete. */
export type DocumentTable = {
  id: string;
  networkId: string;
  meetingId: string | null;
  agendaItemId: string | null;
  expenseId: string | null;
  title: string;
  fileName: string;
  mediaType: string;
  byteSize: number;
  sha256: string;
  visibility: string;
  uploadedBy: string;
  createdAt: string;
};

// ── convocations ──
/** Append-only: the database refuses update and delete. */
export type ConvocationTable = {
  id: string;
  networkId: string;
  meetingId: string;
  sentAt: string;
  agenda: string;
  notice: string;
  sentBy: string;
};
/** Append-only: the database refuses update and delete. */
export type ConvocationRecipientTable = {
  id: string;
  networkId: string;
  convocationId: string;
  meetingId: string;
  seatId: string;
  personId: string;
  email: string;
  replyTokenHash: string;
  mailId: string | null;
};
/** Append-only: the database refuses update and delete. */
export type ReplyTable = {
  id: string;
  networkId: string;
  meetingId: string;
  seatId: string;
  personId: string;
  choice: string;
  proxyToSeatId: string | null;
  comment: string;
  at: string;
  sequence: number;
};

// ── mail ──
export type OutboxMailTable = {
  id: string;
  networkId: string | null;
  meetingId: string | null;
  personId: string | null;
  kind: string;
  toAddress: string;
  subject: string;
  bodyText: string;
  attachments: string;
  status: string;
  attempts: number;
  nextAttemptAt: string | null;
  lastError: string | null;
  messageId: string | null;
  sentAt: string | null;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type MailEventTable = {
  id: string;
  mailId: string;
  at: string;
  outcome: string;
  detail: string;
};

// ── attendance ──
/** Append-only: the database refuses update and delete. */
export type AttendanceEventTable = {
  id: string;
  networkId: string;
  meetingId: string;
  sequence: number;
  seatId: string;
  personId: string | null;
  kind: string;
  mode: string;
  at: string;
  agendaItemId: string | null;
  correctsId: string | null;
  voided: Flag;
  reason: string | null;
  recordedBy: string;
  recordedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type ProxyTable = {
  id: string;
  networkId: string;
  meetingId: string;
  giverSeatId: string;
  holderSeatId: string;
  givenAt: string;
  source: string;
  recordedBy: string | null;
  recordedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type ProxyRevocationTable = {
  proxyId: string;
  networkId: string;
  revokedAt: string;
  recordedBy: string | null;
  recordedAt: string;
};

// ── votes ──
export type PollTable = {
  id: string;
  networkId: string;
  meetingId: string | null;
  agendaItemId: string | null;
  subject: string;
  subjectId: string | null;
  title: string;
  bodyMd: string;
  mode: string;
  status: string;
  openedAt: string | null;
  closesOn: string | null;
  closedAt: string | null;
  openedBy: string | null;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type SecretRequestTable = {
  id: string;
  networkId: string;
  meetingId: string;
  agendaItemId: string;
  seatId: string;
  at: string;
};
/** Append-only: the database refuses update and delete. */
export type BallotTable = {
  pollId: string;
  seatId: string;
  networkId: string;
  choice: string;
  holderSeatId: string | null;
  castBy: string;
  source: string;
  at: string;
};
/** Append-only: the database refuses update and delete. */
export type BallotSignatureTable = {
  pollId: string;
  seatId: string;
  networkId: string;
  castBy: string;
  source: string;
};
/** Append-only: the database refuses update and delete. */
export type SecretBallotTable = {
  id: string;
  pollId: string;
  choice: string;
};
/** Append-only: the database refuses update and delete. */
export type PollResultTable = {
  pollId: string;
  networkId: string;
  outcome: string;
  tally: string;
  entitled: string;
  quorum: string;
  castingVote: string | null;
  sentence: string;
  decisionYear: number | null;
  decisionNumber: number | null;
  closedAt: string;
};

// ── expenses ──
export type ExpenseTable = {
  id: string;
  networkId: string;
  object: string;
  supplier: string;
  amountCents: number;
  axis: string;
  justificationMd: string;
  requestedBy: string;
  organizationId: string | null;
  withdrawnAt: string | null;
  createdAt: string;
};

// ── minutes ──
export type MinutesTable = {
  id: string;
  networkId: string;
  meetingId: string;
  year: number;
  number: number;
  status: string;
  submittedAt: string | null;
  adoptedAt: string | null;
  adoptionPollId: string | null;
  signedAt: string | null;
  publishedAt: string | null;
  revision: number;
  createdAt: string;
};
export type MinutesBlockTable = {
  minutesId: string;
  blockKey: string;
  networkId: string;
  markdown: string;
  internal: Flag;
  revision: number;
  updatedBy: string;
  updatedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type MinutesBlockHistoryTable = {
  id: string;
  minutesId: string;
  blockKey: string;
  networkId: string;
  markdown: string;
  internal: Flag;
  revision: number;
  writtenBy: string;
  writtenAt: string;
};
export type MinutesCorrectionTable = {
  id: string;
  networkId: string;
  minutesId: string;
  blockKey: string;
  originalMd: string;
  proposedMd: string;
  reason: string;
  requestedBy: string;
  requestedSeatId: string | null;
  status: string;
  decisionReason: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type MinutesSignatureTable = {
  minutesId: string;
  capacity: string;
  networkId: string;
  personId: string;
  textSha256: string;
  /** The facts and the texts that were signed, as JSON: from then on the minutes are read from it. */
  signedContent: string;
  signedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type MinutesPublicationTable = {
  minutesId: string;
  networkId: string;
  year: number;
  number: number;
  title: string;
  meetingDate: string;
  publicDocument: string;
  fullDocument: string;
  markdown: string;
  pdf: Uint8Array | null;
  sha256: string;
  publishedBy: string;
  publishedAt: string;
};

// ── register ──
/** Append-only: the database refuses update and delete. */
export type RegisterEntryTable = {
  networkId: string;
  sequence: number;
  year: number;
  number: number;
  kind: string;
  at: string;
  actor: string;
  actorLabel: string;
  payload: string;
  previousHash: string;
  hash: string;
};

// ── budget ──
export type BudgetVersionTable = {
  id: string;
  networkId: string;
  year: number;
  version: number;
  noteMd: string;
  createdBy: string;
  createdAt: string;
};
export type BudgetLineTable = {
  /** The same in each version that keeps the line. */
  id: string;
  networkId: string;
  budgetId: string;
  position: number;
  label: string;
  axis: string;
  amountCents: number;
};
export type AccountCodeTable = {
  networkId: string;
  code: string;
  label: string;
  verifiedBy: string | null;
  verifiedOn: string | null;
  createdAt: string;
};

// ── spending ──
/** Append-only: the database refuses update and delete. */
export type EngagementTable = {
  id: string;
  networkId: string;
  expenseId: string;
  amountCents: number;
  accountCode: string;
  budgetLineId: string | null;
  reference: string;
  engagedBy: string;
  engagedOn: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type InvoiceTable = {
  id: string;
  networkId: string;
  expenseId: string;
  supplier: string;
  number: string;
  datedOn: string;
  /** Supplier and number, written as the same invoice is recognised. */
  identityKey: string;
  amountCents: number;
  isFinal: Flag;
  documentId: string | null;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type InvoicePaymentTable = {
  invoiceId: string;
  networkId: string;
  paidOn: string;
  warrantReference: string;
  recordedBy: string;
  createdAt: string;
};

// ── population ──
/** Append-only: the database refuses update and delete. */
export type PopulationDatasetTable = {
  id: string;
  producer: string;
  title: string;
  vintage: number;
  inForceOn: string;
  geographyOn: string | null;
  address: string;
  licence: string;
  retrievedOn: string;
  sha256: string;
  rowCount: number;
  importedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type PopulationTable = {
  datasetId: string;
  communeCode: string;
  label: string;
  municipal: number;
  countedApart: number | null;
  total: number | null;
};
/** Append-only: the database refuses update and delete. */
export type CommuneMovementTable = {
  codeBefore: string;
  codeAfter: string;
  effectiveOn: string;
  kind: string;
  datasetSha256: string;
};

// ── funding ──
/** Append-only: the database refuses update and delete. */
export type ApportionmentChoiceTable = {
  id: string;
  networkId: string;
  content: string;
  basisPollId: string | null;
  effectiveFrom: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type FundingCallTable = {
  id: string;
  networkId: string;
  year: number;
  rank: number;
  kind: string;
  totalCents: number;
  snapshot: string;
  issuedBy: string;
  issuedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type FundingCallShareTable = {
  callId: string;
  organizationId: string;
  networkId: string;
  weight: string;
  cents: number;
  isLead: Flag;
};
/** Append-only: the database refuses update and delete. */
export type FundingCallExpenseTable = {
  callId: string;
  invoiceId: string;
  networkId: string;
  amountCents: number;
};
/** Append-only: the database refuses update and delete. */
export type FundingCallEventTable = {
  id: string;
  networkId: string;
  callId: string;
  organizationId: string | null;
  /** « title », « deposit », « payment », « reminder », « voided », or « cancelled » for the whole call. */
  kind: string;
  onDate: string;
  reference: string;
  amountCents: number | null;
  /** The mistyped entry that this one voids; at most one does. */
  cancelsId: string | null;
  note: string;
  recordedBy: string;
  createdAt: string;
};

// ── events ──
export type NetworkEventTable = {
  id: string;
  networkId: string;
  year: number;
  kind: string;
  title: string;
  status: string;
  heldOn: string | null;
  place: string;
  hostOrganizationId: string | null;
  programmeMd: string;
  costCents: number | null;
  closedAt: string | null;
  closedBy: string | null;
  revision: number;
  createdBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type EventRegistrationTable = {
  id: string;
  networkId: string;
  eventId: string;
  actorType: string;
  organizationLabel: string;
  headcount: number;
  recordedBy: string;
  createdAt: string;
};

// ── staffTime ──
/** Append-only: the database refuses update and delete. */
export type StaffTimeTable = {
  id: string;
  networkId: string;
  year: number;
  axis: string;
  functionLabel: string;
  minutes: number;
  hourlyCostCents: number;
  costBasis: string;
  correctsId: string | null;
  voided: Flag;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type StaffTimeContestTable = {
  id: string;
  networkId: string;
  staffTimeId: string;
  organizationId: string;
  reason: string;
  pollId: string | null;
  outcome: string | null;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type StaffTimeStateTable = {
  id: string;
  networkId: string;
  year: number;
  approvedPollId: string;
  content: string;
  recordedBy: string;
  createdAt: string;
};

// ── inKind ──
export type ResourceTable = {
  id: string;
  networkId: string;
  organizationId: string;
  kind: string;
  label: string;
  noticeDays: number;
  unit: string;
  unitValueCents: number | null;
  valueBasis: string;
  retiredOn: string | null;
  createdAt: string;
};
export type ResourceBookingTable = {
  id: string;
  networkId: string;
  resourceId: string;
  purpose: string;
  axis: string;
  meetingId: string | null;
  startsAt: string;
  endsAt: string;
  quantity: number;
  status: string;
  decisionReason: string | null;
  requestedBy: string;
  decidedBy: string | null;
  createdAt: string;
};

// ── subsidies ──
export type SubsidyTable = {
  id: string;
  networkId: string;
  year: number;
  funder: string;
  funderSiret: string | null;
  object: string;
  requestedCents: number;
  requestedOn: string;
  status: string;
  grantedCents: number | null;
  answeredOn: string | null;
  agreementReference: string | null;
  paidCents: number | null;
  paidOn: string | null;
  paymentReference: string | null;
  nature: string;
  conditions: string;
  isCofunding: Flag;
  informedOn: string | null;
  revision: number;
  createdBy: string;
  createdAt: string;
};

// ── indicators ──
/** A version of the shared grid; adopted by a vote that names it, and no longer changed from then on. */
export type DictionaryVersionTable = {
  id: string;
  networkId: string;
  version: number;
  noteMd: string;
  revision: number;
  createdBy: string;
  createdAt: string;
};
export type IndicatorVersionTable = {
  dictionaryId: string;
  code: string;
  networkId: string;
  position: number;
  /** The `Indicator` of the domain but its code, as JSON. */
  content: string;
};
export type CampaignTable = {
  id: string;
  networkId: string;
  /** The civil year that is described. */
  year: number;
  dictionaryId: string;
  populationDatasetId: string | null;
  deadline: string;
  openedBy: string;
  openedAt: string;
  closedBy: string | null;
  closedAt: string | null;
};
export type SubmissionTable = {
  id: string;
  networkId: string;
  campaignId: string;
  organizationId: string;
  status: string;
  revision: number;
  updatedBy: string | null;
  updatedAt: string | null;
  createdAt: string;
};
export type SubmissionCellTable = {
  submissionId: string;
  /** « AF-DEM » or « AF-DEM/motif/energie ». */
  cellKey: string;
  networkId: string;
  /** As somebody wrote it, readable or not. */
  typed: string;
  /** Null: what was typed could not be read, or nothing was. */
  state: string | null;
  /** Units, or cents for an amount. */
  amount: number | null;
  comment: string;
  revision: number;
  updatedBy: string;
  updatedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type SubmissionCellHistoryTable = {
  id: string;
  submissionId: string;
  cellKey: string;
  networkId: string;
  /** « written », or « set-aside » when somebody else had written meanwhile or the form was closed. */
  outcome: string;
  typed: string;
  comment: string;
  revision: number;
  writtenBy: string;
  writtenAt: string;
};
/** Append-only: the database refuses update and delete. */
export type SubmissionEventTable = {
  id: string;
  networkId: string;
  submissionId: string;
  kind: string;
  body: string;
  /** Mixed into the fingerprint that the register shows, so that nobody finds a small number by trying. */
  salt: string | null;
  recordedBy: string;
  recordedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type SharedFormVersionTable = {
  id: string;
  networkId: string;
  formCode: string;
  version: number;
  title: string;
  bodyMd: string;
  note: string;
  publishedBy: string;
  publishedAt: string;
};

// ── releases ──
/** Append-only: the database refuses update and delete. */
export type ReleaseTable = {
  id: string;
  networkId: string;
  /** « 2026-1 » : year and rank of publication. */
  publishedYear: number;
  rank: number;
  /** Order among all releases of the network: what comes later must hold against what came before. */
  sequence: number;
  audience: string;
  /** The civil year that the figures tell of. */
  dataYear: number;
  /** The figures and rules that it was computed from, as JSON: readable by the lead only. */
  inputs: string;
  /** Mixed into the fingerprint of the inputs, so that nobody finds a small number by trying. */
  salt: string;
  inputsHash: string;
  /** What readers get, as JSON: nothing that is hidden. */
  outputs: string;
  outputsHash: string;
  /** Why each hidden figure is, as JSON: readable by the lead only. */
  reasons: string;
  solver: string;
  seed: number;
  bounds: number;
  publishedBy: string;
  publishedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type SecrecyThresholdTable = {
  id: string;
  networkId: string;
  audience: string;
  threshold: number;
  recordedBy: string;
  recordedAt: string;
};

// ── library ──
export type LibraryDocumentTable = {
  id: string;
  networkId: string;
  kind: string;
  title: string;
  access: string;
  dutyStartsOn: string | null;
  revision: number;
  createdBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type LibraryVersionTable = {
  id: string;
  networkId: string;
  documentId: string;
  number: number;
  fileName: string;
  mediaType: string;
  byteSize: number;
  sha256: string;
  note: string;
  uploadedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type RetentionRuleTable = {
  id: string;
  networkId: string;
  kind: string;
  years: number | null;
  fate: string;
  note: string;
  sequence: number;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type LibraryDisposalTable = {
  documentId: string;
  networkId: string;
  outcome: string;
  visaReference: string;
  visaOn: string;
  reason: string;
  recordedBy: string;
  createdAt: string;
};

// ── search ──
/** What can be found, made anew from what it tells of. */
export type SearchEntryTable = {
  id: number;
  networkId: string;
  kind: string;
  subjectId: string;
  access: string;
  datedOn: string;
  year: number;
  title: string;
  body: string;
  path: string;
  fingerprint: string;
};
export type SearchWordTable = {
  networkId: string;
  word: string;
  entryId: number;
  weight: number;
};
export type SearchStateTable = {
  networkId: string;
  sequence: number;
};

// ── handover ──
/** Append-only: the database refuses update and delete. */
export type ArchiveProductionTable = {
  id: string;
  networkId: string;
  /** Null for the archive of the whole network; the member whose extract it is. */
  organizationId: string | null;
  fileName: string;
  byteSize: number;
  sha256: string;
  actCount: number;
  registerHash: string;
  producedBy: string | null;
  producedAt: string;
};
/** Append-only: the database refuses update and delete. */
export type HandoverRecordTable = {
  id: string;
  networkId: string;
  kind: string;
  fromOrganizationId: string;
  toOrganizationId: string | null;
  onDate: string;
  basis: string;
  content: string;
  recordedBy: string;
  createdAt: string;
};

// ── agreements ──
export type AgreementTable = {
  id: string;
  networkId: string;
  kind: string;
  title: string;
  parentId: string | null;
  previousId: string | null;
  isSupposed: Flag;
  noteMd: string;
  effectOn: string;
  signedOn: string | null;
  place: string;
  content: string;
  revision: number;
  createdBy: string;
  createdAt: string;
};
export type AgreementPartyTable = {
  id: string;
  networkId: string;
  agreementId: string;
  position: number;
  organizationId: string | null;
  label: string;
  office: string;
  board: string;
  needsHabilitation: Flag;
  deliberationNumber: string;
  deliberationOn: string | null;
  chain: string;
  leftOn: string | null;
};
/** Append-only: the database refuses update and delete. */
export type AnnexVersionTable = {
  id: string;
  networkId: string;
  agreementId: string;
  annexKey: string;
  title: string;
  version: number;
  datedOn: string;
  bodyMd: string;
  reason: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type AgreementBilanTable = {
  id: string;
  networkId: string;
  agreementId: string;
  establishedOn: string;
  title: string;
  bodyMd: string;
  recordedBy: string;
  createdAt: string;
};
export type AmendmentTable = {
  id: string;
  networkId: string;
  agreementId: string;
  number: number;
  title: string;
  reasonMd: string;
  changes: string;
  status: string;
  submittedOn: string | null;
  revision: number;
  createdBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type AmendmentVoteTable = {
  id: string;
  networkId: string;
  amendmentId: string;
  partyId: string;
  outcome: string;
  deliberationNumber: string;
  deliberationOn: string;
  transmittedOn: string | null;
  votes: string | null;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type AgreementNoticeTable = {
  id: string;
  networkId: string;
  agreementId: string;
  clauseKey: string;
  purpose: string;
  partyId: string | null;
  sentOn: string;
  reference: string;
  reason: string;
  deemed: string | null;
  consents: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type AgreementNoticeEventTable = {
  id: string;
  networkId: string;
  noticeId: string;
  kind: string;
  onDate: string;
  note: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type ClarificationTable = {
  id: string;
  networkId: string;
  agreementId: string;
  articles: string;
  title: string;
  problemMd: string;
  readings: string;
  raisedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type ClarificationSettlementTable = {
  clarificationId: string;
  networkId: string;
  pollId: string;
  answerMd: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type ObligationEvidenceTable = {
  id: string;
  networkId: string;
  agreementId: string;
  clauseKey: string;
  onDate: string;
  label: string;
  address: string | null;
  recordedBy: string;
  createdAt: string;
};
export type ObligationFeedTable = {
  tokenHash: string;
  networkId: string;
  personId: string;
  createdAt: string;
  revokedAt: string | null;
};
/** Append-only: the database refuses update and delete. */
export type ObligationReminderTable = {
  networkId: string;
  milestoneKey: string;
  personId: string;
  mailId: string;
  createdAt: string;
};
export type GovernanceMeetingTable = {
  meetingId: string;
  networkId: string;
  agreementId: string;
  clauseKey: string;
  presences: string;
  recordedBy: string;
  createdAt: string;
};

// ── figures ──
/** One file of a producer, as imported. Frozen once `completedAt` is set: until then nobody reads it. */
export type FigureDatasetTable = {
  id: Generated<number>;
  slug: string;
  kind: string;
  producer: string;
  title: string;
  vintage: string;
  geographyOn: string | null;
  address: string;
  licence: string;
  retrievedOn: string;
  fileName: string;
  /** Of the producer's file; null when only a transcription of it was at hand. */
  sha256: string | null;
  /** What makes the same import twice the same: bytes and kind, or the rows of the project's own table. */
  contentKey: string;
  rounding: string;
  note: string;
  rowCount: number;
  importedAt: string;
  completedAt: string | null;
};
/** Frozen with its dataset. `value` is null when the status is secret or missing: never 0. */
export type FigureTable = {
  datasetId: number;
  territoryKind: string;
  territoryCode: string;
  variable: string;
  period: string;
  status: string;
  value: number | null;
  basis: string;
};
/** Communes of the latest official geographic code imported. */
export type CommuneTable = {
  code: string;
  name: string;
  departmentCode: string;
  datasetId: number;
};
export type DepartmentTable = {
  code: string;
  name: string;
  datasetId: number;
};
export type CommuneCentroidTable = {
  communeCode: string;
  longitude: number;
  latitude: number;
  datasetId: number;
};
/** Append-only: the database refuses update and delete. */
export type CommuneOutlineTable = {
  communeCode: string;
  datasetId: number;
  geometry: string;
};
/** An import asked for in a screen, and how far it is. */
export type FigureImportTable = {
  id: string;
  networkId: string | null;
  kind: string;
  fileName: string;
  content: string;
  state: string;
  rowsRead: number;
  bytesRead: number;
  byteSize: number;
  report: string | null;
  startedBy: string | null;
  startedAt: string;
  endedAt: string | null;
};

// ── actionPlan ──
/** `gapCount`: what still keeps the plan from being reviewed or put to the vote, counted when it was written. */
export type ActionPlanTable = {
  id: string;
  networkId: string;
  year: number;
  version: number;
  content: string;
  gapCount: number;
  revision: number;
  createdBy: string;
  createdAt: string;
};
export type ActionPlanPublicationTable = {
  planId: string;
  networkId: string;
  publishedBy: string;
  publishedAt: string;
};
export type ActionProgressTable = {
  id: string;
  networkId: string;
  year: number;
  actionKey: string;
  state: string;
  note: string;
  delivered: string;
  readings: string;
  evidence: string;
  cancelsId: string | null;
  recordedOn: string;
  recordedBy: string;
  recordedByLabel: string;
  createdAt: string;
};
export type ReviewRuleTable = {
  id: string;
  networkId: string;
  silenceDays: number | null;
  late: string;
  basis: string | null;
  recordedBy: string;
  createdAt: string;
};
export type ReviewRoundTable = {
  id: string;
  networkId: string;
  planId: string;
  year: number;
  rank: number;
  message: string;
  deadline: string;
  rule: string;
  snapshot: string;
  openedOn: string;
  openedBy: string;
  createdAt: string;
};
/** More time for a round; the last one holds. */
export type ReviewExtensionTable = {
  id: string;
  networkId: string;
  roundId: string;
  deadline: string;
  reason: string;
  recordedBy: string;
  recordedByLabel: string;
  createdAt: string;
};
/** What was done about a reserve. */
export type ReviewAnswerTable = {
  id: string;
  networkId: string;
  opinionId: string;
  body: string;
  answeredBy: string;
  answeredByLabel: string;
  createdAt: string;
};
export type ReviewOpinionTable = {
  id: string;
  networkId: string;
  roundId: string;
  actionKey: string;
  sequence: number;
  opinion: string;
  reason: string;
  comment: string;
  isLate: Flag;
  reviewerId: string;
  reviewerLabel: string;
  createdAt: string;
};
export type ReviewVisaTable = {
  roundId: string;
  networkId: string;
  kind: string;
  comment: string;
  isLate: Flag;
  givenOn: string;
  givenBy: string;
  givenByLabel: string;
  createdAt: string;
};
export type PartnershipEntryTable = {
  id: string;
  networkId: string;
  themeKey: string;
  sequence: number;
  department: string;
  towns: string;
  together: string;
  recordedOn: string;
  recordedBy: string;
  recordedByLabel: string;
  createdAt: string;
};
export type EvaluationProtocolTable = {
  id: string;
  networkId: string;
  version: number;
  content: string;
  createdBy: string;
  createdAt: string;
};
export type EvaluationReportTable = {
  id: string;
  networkId: string;
  year: number;
  period: string;
  protocolId: string;
  createdBy: string;
  createdAt: string;
};
export type EvaluationScoreTable = {
  id: string;
  networkId: string;
  reportId: string;
  criterionKey: string;
  sequence: number;
  score: number;
  narrative: string;
  recordedBy: string;
  createdAt: string;
};
export type EvaluationClosingTable = {
  reportId: string;
  networkId: string;
  document: string;
  closedOn: string;
  closedBy: string;
  createdAt: string;
};
export type GoodPracticeTable = {
  id: string;
  networkId: string;
  actionKey: string | null;
  content: string;
  revision: number;
  createdBy: string;
  createdAt: string;
};
export type GoodPracticePublicationTable = {
  practiceId: string;
  networkId: string;
  publishedOn: string;
  publishedBy: string;
};
export type GoodPracticeChannelTable = {
  id: string;
  networkId: string;
  practiceId: string;
  channel: string;
  usedOn: string;
  reference: string;
  recordedBy: string;
  createdAt: string;
};

// ── needsAnalysis ──
/** Append-only: the database refuses update and delete. What is decided of it is an `observationDecision`. */
export type ObservationTable = {
  id: string;
  networkId: string;
  observedOn: string;
  partnerKind: string;
  office: string;
  theme: string;
  communeCode: string | null;
  textMd: string;
  writtenBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. The latest one counts. */
export type ObservationDecisionTable = {
  id: string;
  networkId: string;
  observationId: string;
  outcome: string;
  note: string;
  decidedBy: string;
  createdAt: string;
};
/** Frozen once adopted. */
export type NeedsReportTable = {
  id: string;
  networkId: string;
  title: string;
  renewalYear: number;
  status: string;
  createdBy: string;
  createdAt: string;
};
/** `witness`: JSON, what each reference showed when the chapter was last saved. One that was taken out (`removedAt`) may come back. */
export type NeedsChapterTable = {
  id: string;
  networkId: string;
  reportId: string;
  position: number;
  title: string;
  guidance: string;
  markdown: string;
  witness: string;
  revision: number;
  updatedBy: string;
  updatedAt: string;
  removedAt: string | null;
};
/** Append-only: the database refuses update and delete. */
export type NeedsChapterHistoryTable = {
  chapterId: string;
  networkId: string;
  revision: number;
  title: string;
  markdown: string;
  writtenBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. */
export type NeedsPartnerTable = {
  id: string;
  networkId: string;
  reportId: string;
  name: string;
  kind: string;
  consultedOn: string;
  manner: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. The latest row of a seat and kind counts. */
export type NeedsPresentationTable = {
  id: string;
  networkId: string;
  reportId: string;
  seatId: string;
  kind: string;
  onDate: string;
  reference: string;
  recordedBy: string;
  createdAt: string;
};
/** Append-only: the database refuses update and delete. `content`: JSON, the report with the figures and sources of that day. */
export type NeedsAdoptionTable = {
  reportId: string;
  networkId: string;
  body: string;
  actReference: string;
  adoptedOn: string;
  pollId: string | null;
  content: string;
  fingerprint: string;
  recordedBy: string;
  createdAt: string;
};

export type Database = {
  organization: OrganizationTable;
  network: NetworkTable;
  seat: SeatTable;
  person: PersonTable;
  roleGrant: RoleGrantTable;
  mandate: MandateTable;
  credential: CredentialTable;
  session: SessionTable;
  oneTimeLink: OneTimeLinkTable;
  signInAttempt: SignInAttemptTable;
  formDraft: FormDraftTable;
  securityEvent: SecurityEventTable;
  rulesVersion: RulesVersionTable;
  meeting: MeetingTable;
  meetingTransition: MeetingTransitionTable;
  agendaItem: AgendaItemTable;
  itemDiscussion: ItemDiscussionTable;
  document: DocumentTable;
  convocation: ConvocationTable;
  convocationRecipient: ConvocationRecipientTable;
  reply: ReplyTable;
  outboxMail: OutboxMailTable;
  mailEvent: MailEventTable;
  attendanceEvent: AttendanceEventTable;
  proxy: ProxyTable;
  proxyRevocation: ProxyRevocationTable;
  poll: PollTable;
  secretRequest: SecretRequestTable;
  ballot: BallotTable;
  ballotSignature: BallotSignatureTable;
  secretBallot: SecretBallotTable;
  pollResult: PollResultTable;
  expense: ExpenseTable;
  minutes: MinutesTable;
  minutesBlock: MinutesBlockTable;
  minutesBlockHistory: MinutesBlockHistoryTable;
  minutesCorrection: MinutesCorrectionTable;
  minutesSignature: MinutesSignatureTable;
  minutesPublication: MinutesPublicationTable;
  registerEntry: RegisterEntryTable;
  budgetVersion: BudgetVersionTable;
  budgetLine: BudgetLineTable;
  accountCode: AccountCodeTable;
  engagement: EngagementTable;
  invoice: InvoiceTable;
  invoicePayment: InvoicePaymentTable;
  populationDataset: PopulationDatasetTable;
  population: PopulationTable;
  communeMovement: CommuneMovementTable;
  apportionmentChoice: ApportionmentChoiceTable;
  fundingCall: FundingCallTable;
  fundingCallShare: FundingCallShareTable;
  fundingCallExpense: FundingCallExpenseTable;
  fundingCallEvent: FundingCallEventTable;
  networkEvent: NetworkEventTable;
  eventRegistration: EventRegistrationTable;
  staffTime: StaffTimeTable;
  staffTimeContest: StaffTimeContestTable;
  staffTimeState: StaffTimeStateTable;
  resource: ResourceTable;
  resourceBooking: ResourceBookingTable;
  subsidy: SubsidyTable;
  dictionaryVersion: DictionaryVersionTable;
  indicatorVersion: IndicatorVersionTable;
  campaign: CampaignTable;
  submission: SubmissionTable;
  submissionCell: SubmissionCellTable;
  submissionCellHistory: SubmissionCellHistoryTable;
  submissionEvent: SubmissionEventTable;
  sharedFormVersion: SharedFormVersionTable;
  release: ReleaseTable;
  secrecyThreshold: SecrecyThresholdTable;
  libraryDocument: LibraryDocumentTable;
  libraryVersion: LibraryVersionTable;
  retentionRule: RetentionRuleTable;
  libraryDisposal: LibraryDisposalTable;
  searchEntry: SearchEntryTable;
  searchWord: SearchWordTable;
  searchState: SearchStateTable;
  archiveProduction: ArchiveProductionTable;
  handoverRecord: HandoverRecordTable;
  agreement: AgreementTable;
  agreementParty: AgreementPartyTable;
  annexVersion: AnnexVersionTable;
  agreementBilan: AgreementBilanTable;
  amendment: AmendmentTable;
  amendmentVote: AmendmentVoteTable;
  agreementNotice: AgreementNoticeTable;
  agreementNoticeEvent: AgreementNoticeEventTable;
  clarification: ClarificationTable;
  clarificationSettlement: ClarificationSettlementTable;
  obligationEvidence: ObligationEvidenceTable;
  obligationFeed: ObligationFeedTable;
  obligationReminder: ObligationReminderTable;
  governanceMeeting: GovernanceMeetingTable;
  figureDataset: FigureDatasetTable;
  figure: FigureTable;
  commune: CommuneTable;
  department: DepartmentTable;
  communeCentroid: CommuneCentroidTable;
  communeOutline: CommuneOutlineTable;
  figureImport: FigureImportTable;
  actionPlan: ActionPlanTable;
  actionPlanPublication: ActionPlanPublicationTable;
  actionProgress: ActionProgressTable;
  reviewRule: ReviewRuleTable;
  reviewRound: ReviewRoundTable;
  reviewOpinion: ReviewOpinionTable;
  reviewVisa: ReviewVisaTable;
  reviewExtension: ReviewExtensionTable;
  reviewAnswer: ReviewAnswerTable;
  partnershipEntry: PartnershipEntryTable;
  evaluationProtocol: EvaluationProtocolTable;
  evaluationReport: EvaluationReportTable;
  evaluationScore: EvaluationScoreTable;
  evaluationClosing: EvaluationClosingTable;
  goodPractice: GoodPracticeTable;
  goodPracticePublication: GoodPracticePublicationTable;
  goodPracticeChannel: GoodPracticeChannelTable;
  observation: ObservationTable;
  observationDecision: ObservationDecisionTable;
  needsReport: NeedsReportTable;
  needsChapter: NeedsChapterTable;
  needsChapterHistory: NeedsChapterHistoryTable;
  needsPartner: NeedsPartnerTable;
  needsPresentation: NeedsPresentationTable;
  needsAdoption: NeedsAdoptionTable;
};
