package dev.stile.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// What ran in this build, from the reports that its tests left behind.
record Reports(List<Case> cases) {
  Reports {
    cases = List.copyOf(cases);
  }

  /// How one run of one test method ended. `method` is without parameters, `className` the class
  /// that declares it or inherits it.
  record Case(String className, String method, Outcome outcome) {}

  enum Outcome {
    PASSED,
    SKIPPED,
    FAILED
  }

  static Reports read() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Path folder : Repository.inModules("target/surefire-reports")) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
          read(file, cases);
        }
      }
    }
    return new Reports(cases);
  }

  private static void read(Path file, List<Case> cases) throws IOException {
    var factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("testcase")) {
          cases.add(testCase(xml));
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(file + " is no report", e);
    }
  }

  private static Case testCase(XMLStreamReader xml) throws XMLStreamException {
    String className = xml.getAttributeValue(null, "classname");
    String method = xml.getAttributeValue(null, "name").replaceFirst("\\W.*", "");
    Outcome outcome = Outcome.PASSED;
    while (!(xml.next() == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("testcase"))) {
      if (xml.isStartElement()) {
        outcome = worse(outcome, xml.getLocalName());
      }
    }
    return new Case(className, method, outcome);
  }

  private static Outcome worse(Outcome outcome, String element) {
    return switch (element) {
      case "failure", "error" -> Outcome.FAILED;
      case "skipped" -> Outcome.SKIPPED;
      default -> outcome;
    };
  }

  List<Case> of(Predicate<Case> which) {
    return cases.stream().filter(which).toList();
  }
}
