package dev.stile.aws.dynamo;

import dev.stile.challenge.Chain;
import dev.stile.challenge.Passed;
import dev.stile.factor.FactorId;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Where a challenge stands in its chain, in the challenge's entry; nothing for what is usual.
final class ChainEntries {
  private ChainEntries() {}

  static void write(Map<String, AttributeValue> entry, Chain chain) {
    Values.put(entry, "flr", chain.floor());
    if (chain.goesOn()) {
      entry.put("more", Values.number(chain.following()));
    }
    if (!chain.passed().isEmpty()) {
      List<AttributeValue> passed = chain.passed().stream().map(ChainEntries::write).toList();
      entry.put("psd", AttributeValue.fromL(passed));
    }
  }

  private static AttributeValue write(Passed passed) {
    return AttributeValue.fromM(
        Map.of(
            "f", Values.text(passed.factor().text()),
            "amr", Values.texts(passed.amr()),
            "at", Values.moment(passed.at())));
  }

  static Chain read(Map<String, AttributeValue> entry) {
    AttributeValue passed = entry.get("psd");
    return new Chain(
        passed == null ? List.of() : passed.l().stream().map(ChainEntries::passed).toList(),
        (int) Values.number(entry, "more", 0),
        Values.optionalText(entry, "flr"));
  }

  private static Passed passed(AttributeValue value) {
    Map<String, AttributeValue> passed = value.m();
    return new Passed(
        new FactorId(Values.text(passed, "f")),
        Values.texts(passed, "amr"),
        Values.moment(passed, "at"));
  }
}
