/** Words of the Core Business Vocabulary 2.0 and of the GS1 web vocabulary for sensors, as the EPCIS 2.0 JSON schema lists them. */
export const bizSteps: ReadonlySet<string> = new Set(
  `accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning departing
  destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading other packing picking
  receiving removing repackaging repairing replacing reserving retail_selling sampling sensor_reporting shipping staging_outbound
  stock_taking stocking storing transporting unloading unpacking void_shipping`.split(/\s+/),
);

export const dispositions: ReadonlySet<string> = new Set(
  `active available completeness_inferred completeness_verified conformant container_closed container_open damaged destroyed dispensed
  disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance mismatch_quantity needs_replacement
  no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled reserved retail_sold returned sellable_accessible
  sellable_not_accessible stolen unavailable unknown`.split(/\s+/),
);

export const bizTransactionTypes: ReadonlySet<string> = new Set('bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'.split(' '));
export const sourceDestinationTypes: ReadonlySet<string> = new Set(['owning_party', 'possessing_party', 'location']);
export const errorReasons: ReadonlySet<string> = new Set(['did_not_occur', 'incorrect_data']);
export const sensorAlerts: ReadonlySet<string> = new Set(['ALARM_CONDITION', 'ERROR_CONDITION']);
export const components: ReadonlySet<string> = new Set('x y z axial_distance azimuth height spherical_radius polar_angle elevation_angle easting northing latitude longitude altitude'.split(' '));

export const measurementTypes: ReadonlySet<string> = new Set(
  `AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Radioactivity Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume
  Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density Dimensionless
  DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength
  Energy Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
  LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate MassPerAreaTime
  MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux RadiantIntensity RelativeHumidity
  Resistance Resistivity SolidAngle SpecificVolume Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume
  VolumeFlowRate VolumeFraction VolumetricFlux Wavenumber`.split(/\s+/),
);

/** A closed list of words: how each is spelled as web URI and, where there was one, as URN. */
export interface Vocabulary {
  /** Last part of the rule code, e.g. "biz-step". */
  readonly name: string;
  /** For messages, e.g. "business step". */
  readonly title: string;
  readonly words: ReadonlySet<string>;
  readonly web: string;
  readonly urn?: string;
  /** The home of its web URIs holds further terms: a URI there is no mistake, only an unknown bare word is. */
  readonly open?: true;
}

const cbv = 'https://ref.gs1.org/cbv/';

export const vocabularies = {
  bizStep: { name: 'biz-step', title: 'business step', words: bizSteps, web: `${cbv}BizStep-`, urn: 'urn:epcglobal:cbv:bizstep:' },
  disposition: { name: 'disposition', title: 'disposition', words: dispositions, web: `${cbv}Disp-`, urn: 'urn:epcglobal:cbv:disp:' },
  bizTransaction: { name: 'biz-transaction-type', title: 'business transaction type', words: bizTransactionTypes, web: `${cbv}BTT-`, urn: 'urn:epcglobal:cbv:btt:' },
  sourceDestination: { name: 'source-destination-type', title: 'source or destination type', words: sourceDestinationTypes, web: `${cbv}SDT-`, urn: 'urn:epcglobal:cbv:sdt:' },
  errorReason: { name: 'error-reason', title: 'error reason', words: errorReasons, web: `${cbv}ER-`, urn: 'urn:epcglobal:cbv:er:' },
  component: { name: 'component', title: 'sensor component', words: components, web: `${cbv}Comp-` },
  measurement: { name: 'measurement-type', title: 'measurement type', words: measurementTypes, web: 'https://gs1.org/voc/', open: true },
  sensorAlert: { name: 'sensor-alert', title: 'sensor alert', words: sensorAlerts, web: 'https://gs1.org/voc/', open: true },
} as const satisfies Record<string, Vocabulary>;

/** Other spellings of the web vocabularies that are in use: with http, at www, or at the namespace of the drafts. */
const webHomes = [
  [/^https?:\/\/(?:ref|ns)\.gs1\.org\/cbv\//, cbv],
  [/^https?:\/\/(?:www\.)?gs1\.org\/voc\//, 'https://gs1.org/voc/'],
] as const;

/** A GS1 web URI in the one spelling that the event hash uses; other text unchanged. */
export function normalWebUri(text: string): string {
  for (const [pattern, home] of webHomes) if (pattern.test(text)) return text.replace(pattern, home);
  return text;
}

/** The bare word behind a word, CBV URN or CBV web URI of this vocabulary, known or not; undefined for anything else. CURIEs must be expanded before. */
export function wordOf(vocabulary: Vocabulary, value: string): string | undefined {
  if (!value.includes(':')) return value;
  if (vocabulary.urn !== undefined && value.startsWith(vocabulary.urn)) return value.slice(vocabulary.urn.length);
  const web = normalWebUri(value);
  return web.startsWith(vocabulary.web) ? web.slice(vocabulary.web.length) : undefined;
}
