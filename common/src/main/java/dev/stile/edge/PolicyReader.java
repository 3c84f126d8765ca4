package dev.stile.edge;

import dev.stile.assurance.Action;
import dev.stile.assurance.BackEnd;
import dev.stile.assurance.Client;
import dev.stile.assurance.Level;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.assurance.ProtectedRoutes;
import dev.stile.assurance.Role;
import dev.stile.assurance.Templates;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.factor.FactorKind;
import dev.stile.problem.Problem;
import dev.stile.problem.ProblemException;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import dev.stile.token.Grant;
import dev.stile.token.SigningAlgorithm;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a policy document. A document is taken whole or refused whole, with the place that is
/// wrong.
public final class PolicyReader {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private PolicyReader() {}

  /// @throws PolicyRefused if the document is not a policy
  public static Policy read(byte[] document) {
    return document(document).policy();
  }

  /// @throws PolicyRefused if the document is not a policy
  public static Document document(byte[] document) {
    try {
      return document(Json.unbounded(document));
    } catch (ProblemException e) {
      throw new PolicyRefused(e.problem(), document);
    }
  }

  /// The same for one tenant: another's document would lead to another's keys and users.
  ///
  /// @throws PolicyRefused if the document is not a policy of this tenant
  public static Document document(byte[] document, Tenant tenant) {
    Document read = document(document);
    if (!read.policy().tenant().equals(tenant)) {
      var problem = Problem.invalid("/tenant", "Member tenant is not " + tenant.id() + ".");
      throw new PolicyRefused(problem, document);
    }
    return read;
  }

  /// What Stile's own functions go by, and the routes of others that take its grants.
  public record Document(Policy policy, ProtectedRoutes routes) {}

  private static Document document(JsonObject root) {
    Tenant tenant = root.parse("tenant", Tenant::new);
    List<Level> levels = root.objects("levels").stream().map(LevelReader::read).toList();
    List<TrustedIssuer> issuers = root.objects("issuers").stream().map(IssuerReader::read).toList();
    var parties =
        new Policy.Parties(
            root.text("name"),
            issuers,
            root.objects("clients").stream().map(client -> client(client, issuers)).toList());
    Map<String, Action> actions = actions(required(root, "actions"), levels);
    Limits limits = limits(required(root, "limits"));
    Set<String> countries = countries(root);
    Templates templates = TemplatesReader.read(root, "messages");
    ProtectedRoutes routes = RoutesReader.read(root, actions);
    root.noMore();
    Policy policy =
        root.check(
            () -> new Policy(tenant, parties, levels, actions, countries, limits, templates));
    unique(root, policy);
    return new Document(policy, routes);
  }

  /// Two issuers in one namespace could name each other's users, two clients of one id answer each
  /// other's challenges; of two levels of one name only the first would be asked for.
  private static void unique(JsonObject root, Policy policy) {
    var issuers = policy.parties().issuers();
    var clients = policy.parties().clients();
    unique(root, "levels", policy.levels().stream().map(Level::acr));
    unique(root, "issuers", issuers.stream().map(TrustedIssuer::issuer));
    unique(root, "issuers", issuers.stream().map(i -> "namespace " + i.namespace()));
    unique(root, "clients", clients.stream().map(Client::id));
    unique(root, "clients", clients.stream().flatMap(c -> c.tokenClientIds().stream()));
    unique(
        root,
        "clients",
        clients.stream().flatMap(c -> c.backEnd().roles().stream()).map(Role::arn));
  }

  private static void unique(JsonObject root, String name, Stream<String> values) {
    Set<String> seen = new HashSet<>();
    values
        .filter(value -> !seen.add(value))
        .findFirst()
        .ifPresent(value -> {
          throw root.wrong(name, "has " + value + " twice");
        });
  }

  private static Client client(JsonObject object, List<TrustedIssuer> issuers) {
    String id = object.text("id");
    List<String> tokenClientIds = object.texts("token_client_ids").orElse(List.of(id));
    List<String> audiences = object.texts("audiences").orElse(List.of());
    String host = object.text("host");
    String locale = object.optionalText("locale").orElse("en");
    Client.@Nullable Passkeys passkeys = PasskeysReader.read(object);
    BackEnd backEnd = BackEndReader.read(object, issuers);
    SigningAlgorithm signing =
        object
            .optionalParse("grant_signing_alg", PolicyReader::signing)
            .orElse(SigningAlgorithm.ES256);
    object.noMore();
    return object.check(
        () -> new Client(id, tokenClientIds, audiences, host, locale, passkeys, backEnd, signing));
  }

  private static SigningAlgorithm signing(String name) {
    return SigningAlgorithm.named(name)
        .orElseThrow(() -> new IllegalArgumentException("grants are signed with ES256 or RS256"));
  }

  private static Map<String, Action> actions(JsonObject object, List<Level> levels) {
    Map<String, Action> actions = new LinkedHashMap<>();
    for (String name : object.names()) {
      actions.put(name, action(name, required(object, name), levels));
    }
    if (!actions.containsKey(Action.MANAGE_FACTORS)) {
      throw object.wrong(Action.MANAGE_FACTORS, "is missing");
    }
    return actions;
  }

  private static Action action(String name, JsonObject object, List<Level> levels) {
    @Nullable String acr = object.optionalText("acr").orElse(null);
    if (acr != null && levels.stream().noneMatch(level -> level.acr().equals(acr))) {
      throw object.wrong("acr", "names no level");
    }
    boolean denied = object.flag("deny").orElse(false);
    Set<FactorKind> factors =
        object.has("factors")
            ? KindsReader.read(object, "factors")
            : EnumSet.allOf(FactorKind.class);
    var display =
        new Action.Display(
            object.optionalText("template").orElse(null),
            object.flag("binding_required").orElse(false));
    List<Set<FactorKind>> chain = ChainReader.read(object);
    Action.Terms terms = terms(object);
    if (terms.reusable() && name.equals(Action.MANAGE_FACTORS)) {
      throw object.wrong("reuse_grant", "is not for what uses its grants up");
    }
    object.noMore();
    return new Action(name, denied, acr, factors, chain, display, terms);
  }

  private static Action.Terms terms(JsonObject object) {
    Duration lifetime =
        object.optionalParse("grant_lifetime", PolicyReader::duration).orElse(Grant.MAX_LIFETIME);
    if (!lifetime.isPositive() || lifetime.compareTo(Grant.MAX_LIFETIME) > 0) {
      throw object.wrong("grant_lifetime", "is not between PT1S and PT300S");
    }
    @Nullable Duration maxAge =
        object.optionalParse("max_age", PolicyReader::duration).orElse(null);
    if (maxAge != null && (maxAge.isNegative() || maxAge.toNanosPart() != 0)) {
      throw object.wrong("max_age", "is not in whole seconds from PT0S");
    }
    boolean singleUse = object.flag("single_use").orElse(false);
    boolean reusable = object.flag("reuse_grant").orElse(false);
    if (singleUse && reusable) {
      throw object.wrong("reuse_grant", "cannot go with single_use");
    }
    return new Action.Terms(lifetime, maxAge, singleUse, reusable);
  }

  private static Limits limits(JsonObject object) {
    JsonObject sends = required(object, "sends");
    Duration pause = sends.parse("pause", PolicyReader::duration);
    if (pause.isNegative()) {
      throw sends.wrong("pause", "is negative");
    }
    List<Window> perDestination = new ArrayList<>();
    sends.objects("per_destination").forEach(window -> perDestination.add(window(window)));
    Window perUser = window(required(sends, "per_user"));
    Window perPrefix = window(required(sends, "per_address_prefix"));
    Window perTenant = window(required(sends, "per_tenant"));
    sends.noMore();
    var limits =
        new Limits(
            sends.check(() -> new SendLimits(pause, perDestination, perUser, perPrefix, perTenant)),
            window(required(object, "challenges_per_user")),
            window(required(object, "enrollments_per_user")));
    object.noMore();
    return limits;
  }

  private static Window window(JsonObject object) {
    int count = object.wholeNumber("count").orElse(0);
    Duration per = object.parse("per", PolicyReader::duration);
    object.noMore();
    return object.check(() -> new Window(count, per));
  }

  private static Set<String> countries(JsonObject root) {
    Set<String> countries = Set.copyOf(root.texts("countries").orElse(List.of()));
    for (String country : countries) {
      if (!COUNTRIES.contains(country)) {
        throw root.wrong("countries", "holds " + country + ", which is no ISO 3166-1 code");
      }
    }
    return countries;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an ISO 8601 duration such as PT10M", e);
    }
  }

  private static JsonObject required(JsonObject object, String name) {
    return object.object(name).orElseThrow(() -> object.wrong(name, "is missing"));
  }

  /// A document that is not a policy; the message is one line for its author.
  public static final class PolicyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final int line;

    PolicyRefused(Problem problem, byte[] document) {
      super(told(problem));
      this.pointer = at(problem);
      this.line = Place.line(document, pointer);
    }

    /// The place in the document (RFC 6901); empty for the whole of it.
    public String pointer() {
      return pointer;
    }

    /// The line of that place, from 1.
    public int line() {
      return line;
    }

    private static String at(Problem problem) {
      return problem.members().getOrDefault("pointer", "").toString();
    }

    private static String told(Problem problem) {
      String pointer = at(problem);
      return (pointer.isEmpty() ? "" : pointer + ": ") + problem.detail();
    }
  }
}
