/** What the observatory keeps of the producers' files. Codes are INSEE's without the year, which is the figure's period. */
export type Variable = {
  readonly label: string;
  /** May figures of several communes be added? Never for a median, a rate or an index. */
  readonly isAdditive: boolean;
};

const count = (label: string): Variable => ({ label, isAdditive: true });
const published = (label: string): Variable => ({ label, isAdditive: false });

export const VARIABLES = {
  PMUN: count("population municipale"),
  PCAP: count("population comptée à part"),
  PTOT: count("population totale"),
  PSDC: count("population au recensement, sans doubles comptes"),
  POP: count("population au recensement"),
  SUPERF: count("superficie, en km²"),
  NAIS: count("naissances entre deux recensements"),
  DECE: count("décès entre deux recensements"),
  NAISD: count("naissances domiciliées dans l’année"),
  DECESD: count("décès domiciliés dans l’année"),
  POP0014: count("personnes de 0 à 14 ans"),
  POP1529: count("personnes de 15 à 29 ans"),
  POP3044: count("personnes de 30 à 44 ans"),
  POP4559: count("personnes de 45 à 59 ans"),
  POP6074: count("personnes de 60 à 74 ans"),
  POP7589: count("personnes de 75 à 89 ans"),
  POP90P: count("personnes de 90 ans ou plus"),
  MEN: count("ménages"),
  MENPSEUL: count("personnes vivant seules"),
  MENFAM: count("ménages avec famille"),
  COUPAENF: count("couples avec enfant"),
  FAMMONO: count("familles monoparentales"),
  COUPSENF: count("couples sans enfant"),
  LOG: count("logements"),
  RP: count("résidences principales"),
  RSECOCC: count("résidences secondaires et logements occasionnels"),
  LOGVAC: count("logements vacants"),
  RP_PROP: count("résidences principales occupées par leur propriétaire"),
  RP_LOCHLMV: count("résidences principales louées vides en HLM"),
  NSCOL15P: count("personnes de 15 ans ou plus non scolarisées"),
  NSCOL15P_DIPLMIN: count("dont sans diplôme, ou au plus le certificat d’études"),
  EMPLT: count("emplois au lieu de travail"),
  POP1564: count("personnes de 15 à 64 ans"),
  ACT1564: count("actifs de 15 à 64 ans"),
  CHOM1564: count("chômeurs de 15 à 64 ans"),
  ACT1524: count("actifs de 15 à 24 ans"),
  ACT2554: count("actifs de 25 à 54 ans"),
  ACT5564: count("actifs de 55 à 64 ans"),
  CHOM1524: count("chômeurs de 15 à 24 ans"),
  CHOM2554: count("chômeurs de 25 à 54 ans"),
  CHOM5564: count("chômeurs de 55 à 64 ans"),
  MED: published("médiane du niveau de vie, en euros par an"),
  PIMP: published("part des ménages fiscaux imposés"),
  TP60: published("taux de pauvreté au seuil de 60 %"),
  TP60AGE1: published("taux de pauvreté, référent fiscal de moins de 30 ans"),
  TP60AGE2: published("taux de pauvreté, référent fiscal de 30 à 39 ans"),
  TP60AGE3: published("taux de pauvreté, référent fiscal de 40 à 49 ans"),
  TP60AGE4: published("taux de pauvreté, référent fiscal de 50 à 59 ans"),
  TP60AGE5: published("taux de pauvreté, référent fiscal de 60 à 74 ans"),
  TP60AGE6: published("taux de pauvreté, référent fiscal de 75 ans ou plus"),
  TP60TOL1: published("taux de pauvreté des propriétaires"),
  TP60TOL2: published("taux de pauvreté des locataires"),
  PPEN: published("part des pensions et retraites dans le revenu disponible"),
  PPSOC: published("part des prestations sociales dans le revenu disponible"),
  RD: published("rapport interdécile D9/D1 du niveau de vie"),
  SNEMM: published("salaire net mensuel moyen en équivalent temps plein, en euros"),
  CAF_FOYERS: count("foyers allocataires de la CAF"),
  CAF_PERSONNES: count("personnes couvertes par la CAF"),
  CAF_RSA: count("foyers percevant le RSA"),
  CAF_PPA: count("foyers percevant la prime d’activité"),
  CAF_LOGEMENT: count("foyers percevant une aide au logement"),
  CAF_AF: count("foyers percevant les allocations familiales"),
  CAF_PAJE: count("foyers percevant la prestation d’accueil du jeune enfant"),
  CAF_AAH: count("foyers percevant l’allocation aux adultes handicapés"),
  DEFM_ABC: count("demandeurs d’emploi des catégories A, B et C"),
  APL: published("accessibilité aux médecins généralistes, en consultations par an et par habitant"),
  APL65: published("accessibilité aux médecins généralistes de 65 ans et moins"),
  SALARIES: count("salariés du secteur privé au 31 décembre"),
  BPE_B105: count("supermarchés"),
  BPE_B201: count("supérettes"),
  BPE_C201: count("collèges"),
  BPE_C301: count("lycées d’enseignement général ou technologique"),
  BPE_D307: count("pharmacies"),
  FRANCE_SERVICES: count("lieux France Services"),
} as const satisfies Record<string, Variable>;

export type VariableCode = keyof typeof VARIABLES;

export function isVariable(text: string): text is VariableCode {
  return Object.hasOwn(VARIABLES, text);
}

export function isAdditive(variable: VariableCode): boolean {
  return VARIABLES[variable].isAdditive;
}
