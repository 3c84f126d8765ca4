package dev.stile.vendor.jose;

import dev.stile.challenge.Binding;
import dev.stile.token.Grant;
import dev.stile.token.Grant.Assurance;
import dev.stile.token.Grant.Party;
import dev.stile.token.Grant.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A grant for managing factors, of which a test changes what it is about.
record SomeGrant(
    String issuer,
    String subject,
    String audience,
    String client,
    @Nullable String session,
    String acr,
    Transaction transaction) {
  static final Instant AUTHENTICATED = Instant.parse("2026-11-22T08:00:00.700Z");
  static final Instant ISSUED = Instant.parse("2026-11-22T08:00:01.900Z");
  static final SomeGrant USUAL =
      new SomeGrant(
          "https://stile.example",
          "ann",
          "https://bank.example",
          "console",
          "session-1",
          "aal2",
          new Transaction(
              "chl_aeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqc",
              "manage-factors",
              Binding.EMPTY.digest()));

  Grant grant() {
    return new Grant(
        "grt_aeaqcaibaeaqcaibaeaqcaibae",
        new Party(issuer, subject, audience, client, session),
        new Assurance(AUTHENTICATED, acr, List.of("otp", "sms"), 3),
        transaction,
        ISSUED,
        Duration.ofMinutes(5));
  }

  SomeGrant withIssuer(String other) {
    return new SomeGrant(other, subject, audience, client, session, acr, transaction);
  }

  SomeGrant withSubject(String other) {
    return new SomeGrant(issuer, other, audience, client, session, acr, transaction);
  }

  SomeGrant withAudience(String other) {
    return new SomeGrant(issuer, subject, other, client, session, acr, transaction);
  }

  SomeGrant withClient(String other) {
    return new SomeGrant(issuer, subject, audience, other, session, acr, transaction);
  }

  SomeGrant withSession(@Nullable String other) {
    return new SomeGrant(issuer, subject, audience, client, other, acr, transaction);
  }

  SomeGrant withAcr(String other) {
    return new SomeGrant(issuer, subject, audience, client, session, other, transaction);
  }

  SomeGrant withTransaction(String action, Binding binding) {
    var other = new Transaction(transaction.id(), action, binding.digest());
    return new SomeGrant(issuer, subject, audience, client, session, acr, other);
  }
}
