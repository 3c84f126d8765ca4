package dev.stile.edge;

import dev.stile.assurance.Action;
import dev.stile.assurance.FactorChoice;
import dev.stile.edge.Asks.Posed;
import dev.stile.subject.Caller;
import dev.stile.subject.Principal;
import dev.stile.token.EndedGrants;
import dev.stile.token.Grant;
import dev.stile.token.IssuedGrants;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/// Finds that a grant which the caller presents is as good as the one that a new challenge would
/// lead to: where the action allows it, its own, for the same transaction and audience, strong and
/// fresh enough, and neither used up nor revoked. Who wishes for a factor wants to be asked.
public final class SufficientGrant {
  private final Provider<IssuedGrants> issued;
  private final EndedGrants ended;
  private final Clock clock;

  @Inject
  public SufficientGrant(Provider<IssuedGrants> issued, EndedGrants ended, Clock clock) {
    this.issued = issued;
    this.ended = ended;
    this.clock = clock;
  }

  public Optional<Grant> find(Caller caller, Ask ask, Posed posed) {
    Action action = posed.terms().action();
    String token = ask.shown().grant();
    if (token == null
        || !action.terms().reusable()
        || ask.wish().factor() != null
        || !ask.wish().kinds().isEmpty()) {
      return Optional.empty();
    }
    return issued
        .get()
        .read(token, Set.of(posed.terms().audience()), clock.instant())
        .filter(grant -> belongsTo(caller.principal(), grant))
        .filter(grant -> isFor(ask, grant))
        .filter(grant -> isEnough(ask, posed, grant))
        .filter(grant -> ended.stands(caller.subject(), grant));
  }

  private static boolean belongsTo(Principal bearer, Grant grant) {
    Grant.Party party = grant.party();
    return party.subject().equals(bearer.subject().id())
        && party.client().equals(bearer.client())
        && (bearer.session() == null || bearer.session().equals(party.session()));
  }

  private static boolean isFor(Ask ask, Grant grant) {
    return grant.transaction().action().equals(ask.action())
        && grant.transaction().bindingDigest().equals(ask.binding().digest());
  }

  private boolean isEnough(Ask ask, Posed posed, Grant grant) {
    var question = posed.question();
    int floor = FactorChoice.floor(question, ask.wish());
    boolean fresh =
        ask.maxAge(posed.terms().action())
            .map(age -> !grant.assurance().authTime().plus(age).isBefore(clock.instant()))
            .orElse(true);
    return fresh && question.policy().acrsFrom(floor).contains(grant.assurance().acr());
  }
}
