package dev.stile.aws.dynamo;

import dev.stile.assurance.Policies;
import dev.stile.assurance.Policy;
import dev.stile.audit.Log;
import dev.stile.edge.PolicyReader;
import dev.stile.edge.PolicyReader.PolicyRefused;
import dev.stile.subject.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The policy document of a tenant, in the table as Terraform puts it there, looked for again once
/// a minute has passed. One that is broken, or a table that does not answer, leaves the last good
/// one in force and says so in the log; without any there is no policy, and nothing is decided.
public final class DynamoPolicies implements Policies {
  static final Duration KEPT = Duration.ofMinutes(1);
  private static final String DOCUMENT = "document";

  private final StileTable table;
  private final Tenant tenant;
  private final Clock clock;
  private final Log log;
  private volatile @Nullable Reading last;

  public DynamoPolicies(StileTable table, Tenant tenant, Clock clock, Log log) {
    this.table = table;
    this.tenant = tenant;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public Policy current() {
    Reading reading = last;
    if (reading == null || !reading.isFreshAt(clock.instant())) {
      reading = again(reading);
      last = reading;
    }
    return reading.policy();
  }

  private Reading again(@Nullable Reading good) {
    Instant now = clock.instant();
    try {
      return new Reading(read(), now);
    } catch (SdkException | PolicyRefused | PolicyMissing e) {
      if (good == null) {
        throw e;
      }
      log.line(line(e, now));
      return new Reading(good.policy(), now);
    }
  }

  private static Map<String, Object> line(RuntimeException fault, Instant now) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", now);
    line.put("policy", "kept");
    switch (fault) {
      case PolicyRefused refused -> {
        line.put("why", String.valueOf(refused.getMessage()));
        line.put("line", refused.line());
      }
      case PolicyMissing missing -> line.put("why", "missing");
      default -> line.put("why", "unavailable");
    }
    return line;
  }

  private Policy read() {
    AttributeValue document =
        table
            .read(ItemKeys.policy(tenant))
            .map(item -> item.get(DOCUMENT))
            .orElseThrow(PolicyMissing::new);
    return PolicyReader.document(document.s().getBytes(StandardCharsets.UTF_8), tenant).policy();
  }

  private record Reading(Policy policy, Instant at) {
    boolean isFreshAt(Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(KEPT));
    }
  }

  /// Nobody has put a document into the table.
  static final class PolicyMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyMissing() {
      super("there is no policy document");
    }
  }
}
