package dev.stile.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What a million verifications cost by list price, from the calls that the functions made to the
/// embedded engines for one of each kind, and the units that the table said they consumed.
final class Cost {
  private static final int MILLION = 1_000_000;

  private final Map<String, Double> prices = new HashMap<>();
  private final List<Call> calls;

  private Cost(List<Call> calls, List<List<String>> prices) {
    this.calls = calls;
    prices.forEach(price -> this.prices.put(price.get(0), Double.parseDouble(price.get(1))));
  }

  /// One call of a function, or that it was invoked.
  private record Call(String kind, String function, String operation, double units, int bytes) {
    boolean isInvocation() {
      return operation.equals("invoked");
    }

    /// A write whose condition fails consumes as much as one that is made; the engine says nothing.
    double charged() {
      return Math.max(units, 1);
    }

    boolean isRead() {
      return operation.endsWith(".GetItem") || operation.endsWith(".Query");
    }

    boolean isTable() {
      return operation.startsWith("DynamoDB");
    }

    /// What a user waits for, and the gateway is asked for.
    boolean isAtGateway() {
      return function.equals("ChallengeHandler") || function.equals("VerifyHandler");
    }
  }

  static Findings run(List<String> arguments) throws IOException {
    List<Call> calls =
        Tables.read("calls.tsv").stream()
            .map(row ->
                new Call(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    Double.parseDouble(row.get(3)),
                    Integer.parseInt(row.get(4))))
            .toList();
    return new Cost(calls, Tables.read("prices.tsv")).findings();
  }

  private Findings findings() {
    var findings =
        new Findings(
            "US dollars a million verifications, by list price",
            "kind",
            "table calls of the verdict",
            "of everything",
            "read units",
            "write units",
            "bytes to the table",
            "$ verdict alone",
            "$ everything");
    findings.note(
        "From the calls of one verification, counted on the embedded engines. The verdict alone is"
            + " what `verify` is asked; everything is also the challenge, the sending without the"
            + " carrier's price, the audit record and the facts. Prices and what they assume:"
            + " `bench/src/main/resources/dev/stile/bench/prices.tsv`.");
    for (String kind : kinds()) {
      List<Call> all = calls.stream().filter(call -> call.kind().equals(kind)).toList();
      List<Call> verdict = all.stream().filter(c -> c.function().equals("VerifyHandler")).toList();
      findings.row(
          kind,
          Long.toString(count(verdict, Call::isTable)),
          Long.toString(count(all, Call::isTable)),
          Svg.number(units(all, Call::isRead)),
          Svg.number(units(all, call -> !call.isRead())),
          Integer.toString(all.stream().filter(Call::isTable).mapToInt(Call::bytes).sum()),
          Svg.number(price(verdict)),
          Svg.number(price(all)));
      findings.bar(kind + ", verdict", price(verdict));
      findings.bar(kind + ", everything", price(all));
    }
    return findings;
  }

  private List<String> kinds() {
    return new ArrayList<>(new TreeMap<>(byKind()).keySet());
  }

  private Map<String, Integer> byKind() {
    Map<String, Integer> kinds = new HashMap<>();
    calls.forEach(call -> kinds.merge(call.kind(), 1, Integer::sum));
    return kinds;
  }

  private static long count(List<Call> calls, Predicate<Call> which) {
    return calls.stream().filter(which).count();
  }

  private static double units(List<Call> calls, Predicate<Call> which) {
    return calls.stream().filter(Call::isTable).filter(which).mapToDouble(Call::charged).sum();
  }

  /// Of a million.
  private double price(List<Call> calls) {
    long invocations = count(calls, Call::isInvocation);
    double gigabyteSeconds =
        invocations * of("function memory GB") * of("function duration ms") / 1000;
    double one =
        count(calls, call -> call.isInvocation() && call.isAtGateway()) * of("gateway request")
            + invocations * of("function request")
            + gigabyteSeconds * of("function GB-second")
            + units(calls, Call::isRead) * of("table read unit")
            + units(calls, call -> !call.isRead()) * of("table write unit")
            // Each message is sent, received and deleted.
            + 3
                * count(calls, call -> call.operation().endsWith("SendMessage"))
                * of("queue request")
            + count(calls, Cost::isEvent) * of("topic publish");
    return one * MILLION;
  }

  private static boolean isEvent(Call call) {
    return call.function().equals("RelayHandler") && call.operation().equals("SNS.Publish");
  }

  private double of(String name) {
    Double price = prices.get(name);
    if (price == null) {
      throw new IllegalStateException("no price of a " + name);
    }
    return price;
  }
}
