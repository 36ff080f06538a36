import type { Fault } from '../code/faults.ts';
import { writtenLanguages } from '../code/lexis.ts';
import type { Protection } from '../code/protections.ts';
import { guard } from '../guard.ts';
import type { Guard, Language } from '../guard.ts';
import { faultSightings, lossSightings } from './sightings.ts';
import { comes, turns } from './told.ts';

const jvm: readonly Language[] = ['java', 'kotlin'];
const hardened =
  /disallow-doctype-decl|external-general-entities|SUPPORT_DTD|ACCESS_EXTERNAL_DTD|FEATURE_SECURE_PROCESSING|IS_SUPPORTING_EXTERNAL_ENTITIES/;

const faults: readonly Fault[] = [
  {
    languages: jvm,
    pattern:
      /disallow-doctype-decl"\s*,\s*false|external-(?:general|parameter)-entities"\s*,\s*true|load-external-dtd"\s*,\s*true|(?:IS_SUPPORTING_EXTERNAL_ENTITIES|SUPPORT_DTD|isSupportingExternalEntities"|supportDTD")\s*,\s*(?:true|Boolean\.TRUE)|setExpandEntityReferences\(\s*true/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
  {
    languages: jvm,
    pattern:
      /\b(?:DocumentBuilderFactory|SAXParserFactory|XMLInputFactory|TransformerFactory|SAXTransformerFactory|SchemaFactory)\.(?:newInstance|newFactory|newDefaultInstance|newDefaultFactory)\s*\(|\bnew\s+(?:SAXBuilder|SAXReader)\s*\(|\bXMLReaderFactory\.createXMLReader\s*\(/,
    unless: hardened,
    reach: 12,
    says: 'reads XML with the parser’s open defaults',
    severity: 'note',
  },
  {
    languages: ['python'],
    pattern:
      /\bresolve_entities\s*=\s*True\b|\bno_network\s*=\s*False\b|\bload_dtd\s*=\s*True\b|\bfeature_external_ges\s*,\s*True|\bhuge_tree\s*=\s*True\b/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern:
      /\b(?:from|import)\s+xml\.(?:etree|sax|dom|parsers)\b|\b(?:ElementTree|ET|minidom|pulldom|expatbuilder)\.(?:parse|fromstring|parseString|iterparse|XMLParser|XML)\s*\(/,
    unless: /defusedxml/,
    needs: /\bxml\.(?:etree|sax|dom|parsers)/,
    says: 'reads XML with a parser that expands entities without end',
    severity: 'note',
  },
  {
    languages: ['go'],
    pattern: /\bparser\.XMLParseNoEnt\b|\bXMLParseNoEnt\b|\bXMLParseDTDLoad\b/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
  {
    languages: ['typescript', 'tsx', 'javascript'],
    pattern: /\bnoent\s*:\s*true\b|\bexpandEntities\s*:\s*true\b|\bresolveExternals\s*:\s*true\b/,
    says: 'lets XML name what else is read',
    severity: 'warn',
  },
  {
    languages: ['php'],
    pattern: /\bLIBXML_(?:NOENT|DTDLOAD|DTDATTR)\b|\blibxml_disable_entity_loader\(\s*false/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
  {
    languages: ['csharp'],
    pattern:
      /\bDtdProcessing\s*=\s*DtdProcessing\.Parse\b|\bProhibitDtd\s*=\s*false\b|\bXmlResolver\s*=\s*new\s+Xml(?:Url|Secure)?Resolver|\.DtdProcessing\s*=\s*\(?\s*\(?DtdProcessing\)?\s*2/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
  {
    languages: ['ruby'],
    pattern:
      /\bNOENT\b|\bDTDLOAD\b|\bLibXML::XML\.default_substitute_entities\s*=\s*true|XmlMini\.backend\s*=\s*["']LibXML|\bdefault_substitute_entities\b|\bnoent\b|substitute_entities\(true\)|\.replace_entities\s*=\s*true/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
];

const protections: readonly Protection[] = [
  {
    languages: jvm,
    pattern:
      /disallow-doctype-decl"\s*,\s*true|external-(?:general|parameter)-entities"\s*,\s*false|\bSUPPORT_DTD\s*,\s*(?:false|Boolean\.FALSE)|\bsetExpandEntityReferences\(\s*false|FEATURE_SECURE_PROCESSING\s*,\s*true|ACCESS_EXTERNAL_\w+\s*,\s*""/,
    keeps: /DocumentBuilder|SAXParser|XMLInputFactory|TransformerFactory|SAXReader|XMLReader/,
    replaced: hardened,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
  {
    languages: ['python'],
    pattern: /\bdefusedxml\.\w+|\bresolve_entities\s*=\s*False\b/,
    keeps: /\bxml\.etree|lxml|minidom|ElementTree/,
    replaced: /defusedxml|resolve_entities/,
    says: 'lets XML read files and addresses it names',
    severity: 'warn',
  },
];

/** XML may name files and addresses that the parser then reads. */
export const xmlEntities: Guard = guard({
  id: 'security/xml-entities',
  severity: 'warn',
  protects: 'files and inner addresses of the server',
  breaks:
    'A document from outside can read the server’s files, reach inner addresses or fill its memory.',
  fix: 'Forbid document types and external entities on the parser.',
  languages: writtenLanguages,
  cwe: [611, 776],
  confidence: 0.75,
  caught: [
    comes(
      'Java allows document types',
      'src/main/java/shop/Xml.java',
      'class Xml {\n  void c() throws Exception {\n    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", false);\n  }\n}\n',
    ),
    comes(
      'lxml resolves entities',
      'shop/xml.py',
      'parser = etree.XMLParser(resolve_entities=True)\n',
    ),
    comes(
      'C# parses document types',
      'src/Xml.cs',
      'class Xml {\n  void C() {\n    settings.DtdProcessing = DtdProcessing.Parse;\n  }\n}\n',
    ),
    turns('the hardening goes', 'src/main/java/shop/Xml.java', [
      'class Xml {\n  void c() throws Exception {\n    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n    f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);\n    f.newDocumentBuilder().parse(in);\n  }\n}\n',
      'class Xml {\n  void c() throws Exception {\n    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n    f.newDocumentBuilder().parse(in);\n  }\n}\n',
    ]),
    comes(
      'PHP substitutes entities',
      'src/xml.php',
      '<?php\n$doc->loadXML($text, LIBXML_NOENT);\n',
    ),
  ],
  passed: [
    comes(
      'document types forbidden',
      'src/main/java/shop/Xml.java',
      'class Xml {\n  void c() throws Exception {\n    DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();\n    f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);\n  }\n}\n',
    ),
    comes(
      'the defused parser',
      'shop/xml.py',
      'from defusedxml import ElementTree\n\ntree = ElementTree.parse(path)\n',
    ),
    comes(
      'C# forbids them',
      'src/Xml.cs',
      'class Xml {\n  void C() {\n    settings.DtdProcessing = DtdProcessing.Prohibit;\n  }\n}\n',
    ),
    comes('words alone', 'src/a.ts', "export const help = 'entities: expandEntities';\n"),
  ],
  look: (scene) => [
    ...faultSightings(scene, faults),
    ...lossSightings(
      scene,
      protections,
      ({ protection, what }) => `${protection.says}: ${what} went`,
    ),
  ],
});
