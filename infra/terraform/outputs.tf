output "issuer" {
  description = "Address of Stile, and the iss of its grants."
  value       = module.api.endpoint
}

output "jwks_uri" {
  description = "Where resource servers find the public keys."
  value       = "${module.api.endpoint}/.well-known/jwks.json"
}

output "api" {
  description = "Id and execution ARN of the API."
  value       = { id = module.api.id, execution_arn = module.api.execution_arn }
}

output "table" {
  description = "Name and ARN of the table, and the key that encrypts it."
  value = {
    name        = module.table.name
    arn         = module.table.arn
    stream_arn  = module.table.stream_arn
    kms_key_arn = module.keys.storage_arn
  }
}

output "queues" {
  description = "URLs of the queues."
  value       = { for name, queue in module.queue : name => queue.url }
}

output "functions" {
  description = "Names, aliases and variables of the functions."
  value = { for name, function in module.function : name => {
    name        = function.name
    alias_arn   = function.alias_arn
    role_arn    = function.role_arn
    environment = function.environment
  } }
}

output "events_topic_arn" {
  description = "Topic of events, to subscribe queues of yours to."
  value       = module.delivery.events_topic_arn
}

output "login" {
  description = "Whose access tokens open the self-service door."
  value       = var.login
}

output "replicas" {
  description = "In how many other regions the table is replicated."
  value       = length(var.replicas)
}
