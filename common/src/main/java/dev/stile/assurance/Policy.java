package dev.stile.assurance;

import dev.stile.factor.Account;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorKind;
import dev.stile.subject.Tenant;
import dev.stile.token.SigningAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// All that one tenant demands. Whatever it does not name is denied.
public record Policy(
    Tenant tenant,
    Parties parties,
    List<Level> levels,
    Map<String, Action> actions,
    Set<String> countries,
    Limits limits,
    Templates templates) {
  /// How old the proof may be that lets factors be managed (NIST SP 800-63B §4.1.2 asks for a fresh
  /// one).
  public static final Duration FRESH = Duration.ofMinutes(5);

  /// The rank of what reaches no named level.
  public static final int UNRANKED = -1;

  public Policy {
    levels = List.copyOf(levels);
    actions = Map.copyOf(actions);
    countries = Set.copyOf(countries);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a policy has a level");
    }
    if (levels.stream().anyMatch(level -> level.acr().equals(Level.RECOVERY))) {
      throw new IllegalArgumentException("the level recovery is Stile's own");
    }
  }

  /// A policy that leaves the words of messages to Stile.
  public Policy(
      Tenant tenant,
      Parties parties,
      List<Level> levels,
      Map<String, Action> actions,
      Set<String> countries,
      Limits limits) {
    this(tenant, parties, levels, actions, countries, limits, Templates.NONE);
  }

  /// Who may call: issuers of primary tokens, and clients. `name` is what users know the tenant by.
  public record Parties(String name, List<TrustedIssuer> issuers, List<Client> clients) {
    public Parties {
      issuers = List.copyOf(issuers);
      clients = List.copyOf(clients);
    }
  }

  public Optional<TrustedIssuer> issuer(String issuer) {
    return parties.issuers().stream().filter(i -> i.issuer().equals(issuer)).findFirst();
  }

  public Optional<Client> clientOfToken(String tokenClientId) {
    return parties.clients().stream()
        .filter(c -> c.tokenClientIds().contains(tokenClientId))
        .findFirst();
  }

  public Optional<Client> clientOfRole(Role role) {
    return parties.clients().stream().filter(c -> c.backEnd().roles().contains(role)).findFirst();
  }

  /// What grants are signed with: that of each client, and ES256 for what is Stile's own.
  public Set<SigningAlgorithm> signing() {
    Set<SigningAlgorithm> all = EnumSet.of(SigningAlgorithm.ES256);
    parties.clients().forEach(client -> all.add(client.signing()));
    return all;
  }

  public Optional<Client> client(String id) {
    return parties.clients().stream().filter(c -> c.id().equals(id)).findFirst();
  }

  public Optional<Action> action(String name) {
    return Optional.ofNullable(actions.get(name)).filter(a -> !a.denied());
  }

  /// The highest level that a factor of a kind may reach alone; -1 where there is none.
  public int rank(FactorKind kind) {
    for (int i = levels.size() - 1; i >= 0; i--) {
      if (levels.get(i).isOpenTo(kind)) {
        return i;
      }
    }
    return -1;
  }

  /// The highest level that a factor reaches alone; -1 where it reaches none.
  private int rank(Factor factor) {
    return rank(List.of(Proven.expected(factor)));
  }

  private int rank(Collection<Proven> together) {
    for (int i = levels.size() - 1; i >= 0; i--) {
      if (levels.get(i).isReachedBy(together)) {
        return i;
      }
    }
    return UNRANKED;
  }

  /// The highest level that these reach together, now that some may be capped.
  int rank(Collection<Proven> together, Instant now) {
    return rank(together.stream().filter(p -> !p.factor().isCapped(now)).toList());
  }

  /// The `acr` that these reach together, if any.
  Optional<String> acrOf(List<Proven> together, Instant now) {
    if (together.size() == 1) {
      Proven only = together.getFirst();
      return Optional.of(rank(together))
          .filter(rank -> rank >= 0)
          .map(rank -> only.factor().isCapped(now) ? Level.RECOVERY : levels.get(rank).acr());
    }
    int rank = rank(together, now);
    return rank < 0 ? Optional.empty() : Optional.of(levels.get(rank).acr());
  }

  /// The level that a factor reaches, if any.
  public Optional<Level> levelOf(Factor factor) {
    int rank = rank(factor);
    return rank < 0 ? Optional.empty() : Optional.of(levels.get(rank));
  }

  /// Whether a passkey that does not verify its user would reach no level at all.
  public boolean needsUserVerification() {
    return levels.stream()
        .filter(level -> level.factors().contains(FactorKind.WEBAUTHN))
        .allMatch(level -> level.asks(Level.Property.USER_VERIFICATION));
  }

  /// The rank that a factor has now: the highest that it reaches, unless it is capped.
  public int rank(Factor factor, Instant now) {
    return factor.isCapped(now) ? UNRANKED : rank(factor);
  }

  /// The `acr` that a factor reaches now, if any.
  public Optional<String> acrOf(Factor factor, Instant now) {
    return levelOf(factor).map(level -> factor.isCapped(now) ? Level.RECOVERY : level.acr());
  }

  public int rankOf(String acr) {
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).acr().equals(acr)) {
        return i;
      }
    }
    return -1;
  }

  /// The highest level that the proven factors of an account reach together, disabled ones
  /// included: losing one must not make the rest easier to change.
  public int highestRank(Account account, Instant now) {
    return Math.max(0, rank(account.active().stream().map(Proven::expected).toList(), now));
  }

  /// The names of this level and all above.
  public Set<String> acrsFrom(int rank) {
    Collection<Level> above = levels.subList(Math.max(0, rank), levels.size());
    return above.stream().map(Level::acr).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
