package dev.stile.lambda.relay;

import dev.stile.audit.AuditRecord;
import dev.stile.factor.Credential.Destination;
import dev.stile.factor.Factor;
import dev.stile.lambda.relay.Transition.Type;
import dev.stile.message.Fact;
import dev.stile.message.Fact.ChallengeFailed;
import dev.stile.message.Fact.FactorLocked;
import dev.stile.message.Fact.FactorVerified;
import dev.stile.message.Fact.NoticeDue;
import dev.stile.message.Message.Envelope;
import dev.stile.notice.Addressee;
import dev.stile.notice.Notice;
import dev.stile.outbox.Change;
import dev.stile.subject.Call;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides who is told what of a change.
final class Tellings {
  private final URI issuer;

  @Inject
  Tellings(URI issuer) {
    this.issuer = issuer;
  }

  List<Telling> of(Change change) {
    return Transitions.of(change).stream().map(t -> telling(change, t)).toList();
  }

  private Telling telling(Change change, Transition transition) {
    Optional<Notice.Kind> kind = noticeKind(transition.type());
    return new Telling(
        transition.type().isAudited() ? transition.account() : null,
        kind.map(k -> notice(k, change, transition.account())).orElse(null),
        facts(transition),
        CloudEvent.of(issuer, transition));
  }

  private static Optional<Notice.Kind> noticeKind(Type type) {
    return switch (type) {
      case FACTOR_ADDED -> Optional.of(Notice.Kind.FACTOR_ADDED);
      case FACTOR_REMOVED -> Optional.of(Notice.Kind.FACTOR_REMOVED);
      case FACTOR_DISABLED -> Optional.of(Notice.Kind.FACTOR_DISABLED);
      default -> Optional.empty();
    };
  }

  private static Notice notice(Notice.Kind kind, Change change, AuditRecord account) {
    Factor factor = change.newest().factor();
    @Nullable Destination destination = factor.credential() instanceof Destination d ? d : null;
    @Nullable Addressee removed =
        destination == null || change.after() != null
            ? null
            : new Addressee(factor.id(), destination, change.newest().locale().orElse(null));
    var about = new Notice.About(factor.kind(), destination == null ? null : destination.hint());
    return new Notice(account.id(), kind, account.at(), account.subject(), about, removed);
  }

  private static List<Fact> facts(Transition transition) {
    AuditRecord account = transition.account();
    var subject = account.subject();
    var factor = account.about().factor();
    var at = account.at();
    Envelope envelope = envelope(account);
    var due = new NoticeDue(envelope, subject, factor, at);
    return switch (transition.type()) {
      case CHALLENGE_APPROVED -> List.of(new FactorVerified(envelope, subject, factor, at));
      case CHALLENGE_FAILED ->
          Optional.ofNullable(account.about().challenge())
              .<Fact>map(challenge -> new ChallengeFailed(envelope, subject, challenge, at))
              .stream()
              .toList();
      case FACTOR_LOCKED -> List.of(new FactorLocked(envelope, subject, factor, at));
      case FACTOR_DISABLED -> List.of(new FactorLocked(envelope, subject, factor, at), due);
      case FACTOR_ADDED, FACTOR_REMOVED -> List.of(due);
      default -> List.of();
    };
  }

  /// The trace is that of the request, where one brought the change about.
  private static Envelope envelope(AuditRecord account) {
    Call call = account.call();
    String id = account.id().text();
    String trace = call == null || call.request().isEmpty() ? id : call.request();
    return new Envelope(id, account.at().plus(Notice.LIFETIME), trace);
  }
}
