package dev.stile.edge;

import dev.stile.assurance.Level;
import dev.stile.assurance.Level.Breadth;
import dev.stile.assurance.Level.Property;
import dev.stile.challenge.Chain;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a level of a policy.
final class LevelReader {
  /// What `acr_values` lists between spaces within quotes (RFC 9470 §3, RFC 6749 §3.3).
  private static final Pattern ACR = Pattern.compile("[!#-\\[\\]-~]+");

  private LevelReader() {}

  static Level read(JsonObject object) {
    String acr = object.text("acr");
    if (!ACR.matcher(acr).matches()) {
      throw object.wrong("acr", "is not one word of a header");
    }
    var level =
        new Level(acr, KindsReader.read(object, "factors"), properties(object), breadth(object));
    object.noMore();
    return level;
  }

  private static Set<Property> properties(JsonObject object) {
    Set<Property> properties = EnumSet.noneOf(Property.class);
    for (Property property : Property.values()) {
      if (object.flag(property.name().toLowerCase(Locale.ROOT)).orElse(false)) {
        properties.add(property);
      }
    }
    return properties;
  }

  private static Breadth breadth(JsonObject object) {
    int factors = object.wholeNumber("min_factors").orElse(1);
    int classes = object.wholeNumber("min_classes").orElse(1);
    if (factors < 1 || factors > Chain.LONGEST) {
      throw object.wrong("min_factors", "is not between 1 and " + Chain.LONGEST);
    }
    if (classes < 1 || classes > factors) {
      throw object.wrong("min_classes", "is not between 1 and min_factors");
    }
    return new Breadth(factors, classes);
  }
}
