variable "name" {
  description = "Name of the API."
  type        = string
}

variable "existing" {
  description = "An HTTP API that is there already; null for one of its own."
  type        = object({ id = string, execution_arn = string, endpoint = string })
  default     = null
}

variable "functions" {
  description = "The functions behind the routes, by their name in routes.json."
  type        = map(object({ name = string, invoke_arn = string }))
}

variable "login" {
  description = "Issuer of the primary login's access tokens, and their audiences."
  type        = object({ issuer = string, audiences = list(string) })
}

variable "domain" {
  description = "A domain of its own, with a certificate and, for a record, the zone."
  type        = object({ name = string, certificate_arn = string, zone_id = optional(string) })
  default     = null
}

variable "cors_origins" {
  description = "Origins of the pages that call the self-service door."
  type        = list(string)
  default     = []
}

variable "throttling" {
  description = "Requests a second, and the burst, over all routes."
  type        = object({ rate = number, burst = number })
}

variable "log_retention_days" {
  description = "How long the access log is kept."
  type        = number
}
